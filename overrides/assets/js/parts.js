/* The parts of the search index and of the facet columns, which scripts/safecities/search writes.
 * Each is a script that calls safecities.part: script elements load from file:// too, where fetch doesn't. */
(function () {
  "use strict";
  const safecities = (window.safecities = window.safecities || {});
  const arrived = new Map();
  const loading = new Map();

  safecities.part = function (name, version, data) {
    arrived.set(name, { version, data });
  };
  // What the page has brought along (start.js).
  for (const part of safecities.early || []) safecities.part(...part);

  function add(address, name) {
    return new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = address;
      script.onload = () => {
        script.remove();
        if (arrived.has(name)) resolve(arrived.get(name));
        else reject(new Error("no part " + name + " in " + address));
      };
      script.onerror = () => {
        script.remove();
        reject(new Error("cannot load " + address));
      };
      document.head.append(script);
    });
  }

  /* Load a part once: resolves to {version, data}. With a version, a copy of another one that a cache has kept
   * is asked for again under a new address; if that is no better, the parts don't fit together. */
  async function fetchPart(base, name, version) {
    const address = base + name + ".js";
    const part = arrived.get(name) || (await add(address, name));
    if (!version || part.version === version) return part;
    const again = await add(address + "?v=" + version, name);
    if (again.version !== version) throw new Error("another version of " + name);
    return again;
  }

  safecities.load = function (base, name, version) {
    const key = base + name;
    if (!loading.has(key)) {
      const promise = fetchPart(base, name, version);
      loading.set(key, promise);
      // A failure is not remembered: the network may be back at the next attempt.
      promise.catch(() => loading.delete(key));
    }
    return loading.get(key);
  };

  const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  const VALUES = new Uint8Array(128);
  Array.from(ALPHABET).forEach((letter, value) => { VALUES[letter.charCodeAt(0)] = value; });

  /* The numbers that postings.encode_numbers wrote; with impacts of one or two characters, those of postings.encode,
   * as shares of the highest. */
  safecities.decode = function (text, width = 0) {
    const numbers = [];
    const impacts = [];
    const low = VALUES[text.charCodeAt(0)];
    let at = 0;
    let value = 0; // what is left of the character at this place, and how many bits that is
    let left = 0;
    let last = -1;
    const next = () => {
      value = VALUES[text.charCodeAt((at += 1))];
      left = 6;
    };
    const take = (bits) => {
      left -= bits;
      const taken = value >> left;
      value &= (1 << left) - 1;
      return taken;
    };
    for (;;) {
      let difference = 0;
      // As many impacts follow as there are numbers.
      for (const end = text.length - width * numbers.length - 1; !value && at < end; next()) difference += left;
      if (!value) break;
      const noughts = Math.clz32(value) - 32 + left;
      take(noughts + 1);
      difference += noughts;
      let wanted = low;
      for (; wanted > left; next()) {
        difference = (difference << left) | value;
        wanted -= left;
      }
      last += ((difference << wanted) | take(wanted)) + 1;
      numbers.push(last);
    }
    at = text.length - width * numbers.length;
    for (; at < text.length; at += width) {
      const low = VALUES[text.charCodeAt(at)];
      impacts.push(width > 1 ? (low + 64 * VALUES[text.charCodeAt(at + 1)] + 1) / 255 : (low + 1) / 64);
    }
    return { numbers, impacts };
  };
})();
