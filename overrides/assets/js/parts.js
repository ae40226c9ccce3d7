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
    const one = (bit) => (VALUES[text.charCodeAt((bit / 6) | 0)] >> (5 - (bit % 6))) & 1;
    let bit = 6;
    let last = -1;
    for (;;) {
      // As many impacts follow as there are numbers.
      const end = 6 * (text.length - width * numbers.length);
      let difference = 0;
      for (; bit < end && !one(bit); bit += 1) difference += 1;
      if (bit >= end) break;
      for (const next = (bit += 1) + low; bit < next; bit += 1) difference = 2 * difference + one(bit);
      last += difference + 1;
      numbers.push(last);
    }
    let at = text.length - width * numbers.length;
    for (; at < text.length; at += width) {
      const low = VALUES[text.charCodeAt(at)];
      impacts.push(width > 1 ? (low + 64 * VALUES[text.charCodeAt(at + 1)] + 1) / 255 : (low + 1) / 64);
    }
    return { numbers, impacts };
  };
})();
