/* A field that finds options in a long facet. What is ticked stays in view, or nobody would know that it is on. */
(function () {
  "use strict";
  const safecities = (window.safecities = window.safecities || {});

  document.querySelectorAll("[data-facet-find]").forEach((input) => {
    const items = Array.from(input.closest("[data-facet]").querySelectorAll("li"), (item) => ({
      item, words: safecities.fold(item.querySelector("label").textContent), box: item.querySelector("input"),
    }));
    input.addEventListener("input", () => {
      const wanted = safecities.fold(input.value.trim());
      for (const { item, words, box } of items) item.hidden = !words.includes(wanted) && !box.checked;
    });
    // Enter would send the form.
    input.addEventListener("keydown", (event) => {
      if (event.key === "Enter") event.preventDefault();
    });
  });
})();
