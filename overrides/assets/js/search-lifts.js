/* Where nothing is found: buttons that lift what the reader has narrowed the search by, and try again. */
(function () {
  "use strict";
  const safecities = (window.safecities = window.safecities || {});

  /* found: {total, kinds} as safecities.search gives it. Kinds and languages are narrowed on the search page only. */
  safecities.searchLifts = function (form, { total, kinds }) {
    const list = form.querySelector("[data-search-lifts]");
    const { q: input, kind, all } = form.elements;
    const lifts = [];

    function offer(words, lift) {
      const item = form.querySelector("[data-search-lift]").content.firstElementChild.cloneNode(true);
      const button = item.querySelector("button");
      button.textContent = words;
      button.addEventListener("click", () => {
        const changed = lift();
        input.focus();
        if (changed === input) input.dispatchEvent(new Event("input", { bubbles: true }));
        changed.dispatchEvent(new Event("change", { bubbles: true }));
      });
      lifts.push(item);
    }

    if (!total) {
      const others = Array.from(kinds.values()).reduce((sum, number) => sum + number, 0);
      if (kind && kind.value && others) {
        offer(list.dataset.kinds.replace("%(n)s", () => String(others)), () => {
          kind[0].checked = true;
          return kind[0];
        });
      }
      const plain = safecities.plainQuery(input.value);
      if (plain && plain !== input.value.trim()) {
        offer(list.dataset.plain.replace("%(q)s", () => safecities.shortened(plain)), () => {
          input.value = plain;
          return input;
        });
      }
      if (all && !all.checked) {
        offer(list.dataset.languages, () => {
          all.checked = true;
          return all;
        });
      }
    }
    list.replaceChildren(...lifts);
    list.hidden = !lifts.length;
  };
})();
