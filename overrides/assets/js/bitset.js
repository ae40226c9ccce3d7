/* Sets of small numbers as bits, 32 to a word: what makes counting many records quick enough for every click. */
(function () {
  "use strict";
  const safecities = (window.safecities = window.safecities || {});

  /* The set of some numbers below size. */
  function bitset(size, numbers) {
    const bits = new Uint32Array(Math.ceil(size / 32));
    for (const number of numbers) bits[number >> 5] |= 1 << (number & 31);
    return bits;
  }

  const both = (a, b) => a.map((bits, at) => bits & b[at]);
  const either = (a, b) => a.map((bits, at) => bits | b[at]);
  const has = (a, number) => ((a[number >> 5] >>> (number & 31)) & 1) === 1;

  /* How many numbers two sets have in common. */
  function common(a, b) {
    let count = 0;
    for (let at = 0; at < a.length; at += 1) {
      let bits = a[at] & b[at];
      bits -= (bits >>> 1) & 0x55555555;
      bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333);
      count += Math.imul((bits + (bits >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
    }
    return count;
  }

  safecities.bits = { bitset, both, either, has, common };
})();
