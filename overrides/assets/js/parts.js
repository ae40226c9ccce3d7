/* The parts of the search index, of the facet columns and of data to take away, as scripts/safecities/parts.py writes them.
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
})();
