/* Below the search box: which words stand nowhere, and the nearest spelling that does, as a button that tries it. */
(function () {
  "use strict";
  const safecities = (window.safecities = window.safecities || {});

  /* A query around one of its words, which is known folded: what stands before it, the word as typed, what follows. */
  function around(query, lang, word) {
    const [start, end] = safecities.spans(query).find(([from, to]) =>
      safecities.words(query.slice(from, to), lang).some((forms) => forms[0] === word)) || [0, query.length];
    return [query.slice(0, start), query.slice(start, end), query.slice(end)];
  }

  const LONGEST = 500; // characters of a question that comes with an address; nobody types more
  const SHOWN = 80; // characters of what a reader asked that are said again

  /* The question in the page's address; empty if there is none. */
  safecities.asked = () => (new URLSearchParams(location.search).get("q") || "").slice(0, LONGEST);

  /* A question, or a word of it, in a sentence of ours. */
  safecities.shortened = (text) => (text.length > SHOWN ? Array.from(text).slice(0, SHOWN).join("") + "…" : text);

  /* A word of a query as typed. */
  safecities.asTyped = (query, lang, word) => around(query, lang, word)[1];

  /* Say what is known of the words of a search; total: how many results there are in spite of them. */
  safecities.searchNotes = function (form, input, notes, total) {
    const list = form.querySelector("[data-search-notes]");
    const template = form.querySelector("[data-search-note]");
    const items = notes.filter(({ nearest }) => nearest || total || notes.length > 1).map(({ word, nearest }) => {
      const [before, typed, after] = around(input.value, form.dataset.lang, word);
      const item = template.content.firstElementChild.cloneNode(true);
      const button = item.querySelector("button");
      item.querySelector("[data-note-words]").textContent = list.dataset.absent.replace("%(word)s", () => safecities.shortened(typed));
      if (nearest) {
        button.textContent = (total ? list.dataset.instead : list.dataset.nearest).replace("%(word)s", () => nearest);
        button.addEventListener("click", () => {
          input.value = before + nearest + after;
          input.focus();
          for (const name of ["input", "change"]) input.dispatchEvent(new Event(name, { bubbles: true }));
        });
      } else {
        button.remove();
      }
      return item;
    });
    list.replaceChildren(...items);
    list.hidden = !items.length;
  };
})();
