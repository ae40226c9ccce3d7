/* A field that finds options in a long facet. What is ticked stays in view, or nobody would know that it is on; so do the
 * region of a country that is found, and the countries of a region. */
(function () {
  "use strict";
  const safecities = (window.safecities = window.safecities || {});

  document.querySelectorAll("[data-facet-find]").forEach((input) => {
    const within = input.closest("fieldset");
    const none = within.querySelector("[data-facet-none]");
    const items = Array.from(within.querySelectorAll("li"), (item) => {
      const own = item.querySelector(":scope > label");
      const name = own && own.querySelector("span:not([data-option-count])");
      return { item, words: own ? safecities.fold(name.textContent) : "", box: own && own.querySelector("input") };
    });
    input.addEventListener("input", () => {
      const wanted = safecities.fold(input.value.trim());
      const fits = new Set(items.filter(({ words }) => words.includes(wanted)).map(({ item }) => item));
      const above = (item) => item.parentElement.closest("li");
      const shown = items.filter(({ item, box }) => fits.has(item) || fits.has(above(item)) || (box && box.checked));
      const kept = new Set(shown.flatMap(({ item }) => [item, above(item)]));
      for (const { item } of items) item.hidden = !kept.has(item);
      none.textContent = fits.size ? "" : none.dataset.words;
    });
    // Enter would send the form.
    input.addEventListener("keydown", (event) => {
      if (event.key === "Enter") event.preventDefault();
    });
  });
})();
