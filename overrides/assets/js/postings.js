/* What scripts/safecities/search has written in Rice's code (rice.py, postings.py). */
(function () {
  "use strict";
  const safecities = (window.safecities = window.safecities || {});

  const BITS = 6; // of a character
  const FINEST = 16; // steps of an octave of weights at most
  const SHARED = 1000; // where so many documents hold a group, an octave is one step
  const NORMS = 16; // characters of an octave of norms, of which the first is ½

  const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  const VALUES = new Uint8Array(128);
  Array.from(ALPHABET).forEach((letter, value) => { VALUES[letter.charCodeAt(0)] = value; });

  /* The numbers of a group's rows, one after the other, in so many columns. */
  safecities.rice = function (text, columns = 1) {
    const found = [];
    const share = BITS / columns;
    const head = VALUES[text.charCodeAt(0)];
    const lows = Array.from({ length: columns }, (_, at) => (head >> (share * (columns - 1 - at))) & ((1 << share) - 1));
    let at = 0;
    let value = 0; // what is left of the character at this place, and how many bits that is
    let left = 0;
    const next = () => {
      value = VALUES[text.charCodeAt((at += 1))];
      left = BITS;
    };
    const take = (bits) => {
      left -= bits;
      const taken = value >> left;
      value &= (1 << left) - 1;
      return taken;
    };
    for (let column = 0; ; column = (column + 1) % columns) {
      let number = 0;
      for (; !value && at < text.length - 1; next()) number += left;
      if (!value) return found;
      const noughts = Math.clz32(value) - 32 + left;
      take(noughts + 1);
      number += noughts;
      let wanted = lows[column];
      for (; wanted > left; next()) {
        number = (number << left) | value;
        wanted -= left;
      }
      found.push((number << wanted) | take(wanted));
    }
  };

  /* Increasing numbers. */
  safecities.numbers = function (text) {
    let last = -1;
    return safecities.rice(text).map((gap) => (last += gap + 1));
  };

  /* The weights of a group in so many documents. */
  safecities.weights = function (text, held) {
    const found = new Float32Array(held).fill(1);
    const fineness = Math.min(FINEST, 2 ** (31 - Math.clz32(SHARED / held)));
    const rows = safecities.rice(text, 2);
    for (let row = 0, last = -1; row < rows.length; row += 2) {
      last += rows[row] + 1;
      const step = rows[row + 1] - Math.floor(fineness);
      found[last] = 2 ** ((step < 0 ? step : step + 1) / fineness);
    }
    return found;
  };

  /* By what that of a single word in each document's body is divided. */
  safecities.norms = (text) => Float32Array.from(text, (letter) => 2 ** (VALUES[letter.charCodeAt(0)] / NORMS - 1));
})();
