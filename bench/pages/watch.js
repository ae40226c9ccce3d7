/* Runs before a page's own scripts: notes when the first result stands in the page, and what a key has cost.
 * `window.benchHit` is the selector of a result. */
(function () {
  "use strict";
  const bench = (window.bench = { first: 0, key: 0, shown: 0 });

  document.addEventListener("input", () => {
    bench.key = performance.now();
    bench.shown = 0;
  }, true);

  new MutationObserver((changes) => {
    const hit = document.querySelector(window.benchHit);
    if (!hit) return;
    if (!bench.first) bench.first = performance.now();
    if (!bench.key || bench.shown) return;
    const among = hit.closest("ul, ol, [data-search-results]") || hit.parentElement;
    if (!changes.some(({ target }) => among.contains(target))) return;
    bench.shown = performance.now();
    // With the layout, which is the page's own: one that is forced here would come on top of it.
    requestAnimationFrame(() => setTimeout(() => { bench.shown = performance.now(); }));
  }).observe(document, { childList: true, subtree: true });
})();
