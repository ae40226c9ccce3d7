/* Text with the words that were searched for in <mark> elements. */
(function () {
  "use strict";
  const safecities = (window.safecities = window.safecities || {});

  /* Fill an element with a text; forms: a Set of the folded forms to mark. */
  safecities.mark = function (element, text, forms, lang) {
    const pieces = [];
    let from = 0;
    let mark = null;
    for (const [start, end] of safecities.spans(text)) {
      const found = safecities.words(text.slice(start, end), lang).flat();
      if (!found.some((form) => forms.has(form))) continue;
      if (start < from) {
        // Pairs of characters overlap where there are no spaces.
        mark.textContent += text.slice(from, end);
      } else {
        mark = document.createElement("mark");
        mark.textContent = text.slice(start, end);
        pieces.push(text.slice(from, start), mark);
      }
      from = end;
    }
    element.replaceChildren(...pieces, text.slice(from));
  };
})();
