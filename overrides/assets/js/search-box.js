/* The search box: results while the reader types, in a panel below the box or, on the search page, in the page.
 * Without script the form leads to the search page. All words come from the page: templates, data attributes. */
(function () {
  "use strict";
  const safecities = (window.safecities = window.safecities || {});
  const WAIT = 120; // milliseconds between the last key and the search
  const FIRST = 6; // hits that are shown before the others are loaded: browsers ask a server for so many files at once

  function attach(form) {
    const onPage = form.hasAttribute("data-search-page");
    const input = form.elements.q;
    const panel = form.querySelector("[data-search-panel]");
    const status = form.querySelector("[data-search-status]");
    const results = form.querySelector("[data-search-results]");
    const all = form.querySelector("[data-search-all]");
    const lists = form.querySelector("[data-search-lists]"); // where to go when nothing is found
    const more = form.querySelector("[data-search-more]");
    const narrow = form.querySelector("[data-search-narrow]"); // to one kind, or to all languages; on the page only
    const everywhere = form.elements.all;
    const languages = JSON.parse(form.dataset.languages || "{}"); // of the site: tag → name and direction
    const { base, lang } = form.dataset;
    const step = Number(form.dataset.limit) || 8;
    const each = Number(form.dataset.each) || step; // of a kind, while all kinds are shown
    let limit = step;
    let timer = 0;
    let latest = 0; // a slow answer must not replace that to a later question

    /* A reader who has gone on to something else meanwhile isn't disturbed. */
    function show() {
      if (onPage || form.contains(document.activeElement)) panel.hidden = false;
    }

    function close() {
      if (!onPage) panel.hidden = true;
    }

    function clear() {
      results.replaceChildren();
      status.textContent = "";
      if (all) all.parentElement.hidden = true;
      if (lists) lists.hidden = true;
      if (more) more.hidden = true;
      safecities.searchNotes(form, input, []);
      safecities.searchLifts(form, { total: 1 });
      close();
    }

    function say(query, total) {
      if (total) status.textContent = safecities.plural(status.dataset.forms, total);
      else status.textContent = (status.dataset.none || "").replace("%(q)s", () => safecities.shortened(query));
    }

    function count(found) {
      for (const option of narrow.querySelectorAll("[data-kind-count]")) {
        const { value } = option.closest("label").querySelector("input");
        const all = Array.from(found.values()).reduce((sum, number) => sum + number, 0);
        option.textContent = String(value ? found.get(value) || 0 : all);
      }
    }

    /* done: the reader has finished typing. */
    async function run(done = false) {
      const query = input.value.trim();
      const asked = safecities.query(query, lang);
      const mine = (latest += 1);
      if (!asked.words.length) {
        clear();
        if (narrow) count(new Map());
        if (asked.without.length || asked.apart.length) {
          status.textContent = status.dataset.without;
          show();
        }
        return;
      }
      // Nothing is said about waiting unless there is some.
      const slow = setTimeout(() => {
        if (mine !== latest) return;
        status.textContent = status.dataset.loading || "";
        show();
      }, 300);
      try {
        const further = everywhere && everywhere.checked ? Object.keys(languages).filter((tag) => tag !== lang) : [];
        const kind = narrow ? form.elements.kind.value : "";
        const best = onPage && !kind ? { each } : { limit, each: limit };
        const found = await safecities.search(base, query, { lang, others: further, kind, first: FIRST, ...best });
        if (mine !== latest) return;
        const typed = asked.words.map(({ forms }) => safecities.asTyped(query, lang, forms[0]));
        const { total, notes } = found;
        if (!total && !done && safecities.isLetter(asked)) {
          clear();
          return;
        }
        // What stands above the hits comes with the first of them, so that none moves.
        say(query, total);
        safecities.searchNotes(form, input, notes, total);
        safecities.searchLifts(form, found);
        if (narrow) count(found.kinds);
        results.replaceChildren();
        safecities.searchHits(form, found.hits, found, typed, languages);
        show();
        const others = await found.rest();
        if (mine !== latest) return;
        safecities.searchHits(form, others, found, typed, languages);
        if (more) more.hidden = !kind || total <= found.hits.length + others.length;
        if (lists) lists.hidden = total > 0;
        if (all) {
          all.search = new URLSearchParams({ q: query }).toString();
          all.parentElement.hidden = total <= limit;
        }
        show();
      } catch {
        // The index can't be had: the form still leads to the search page, and what isn't known isn't said.
        if (mine !== latest) return;
        clear();
        status.textContent = status.dataset.failed || "";
        if (status.textContent) show();
      } finally {
        clearTimeout(slow);
      }
    }

    /* The address of the search page says what is searched for, once the reader is done with typing: what was typed on
     * the way is nobody's business, a browser's list of visited pages included. */
    function remember() {
      const address = new URL(location.href);
      const kind = form.elements.kind.value;
      for (const [name, value] of [["q", input.value.trim()], ["kind", kind], ["all", everywhere.checked ? "1" : ""]]) {
        if (value) address.searchParams.set(name, value);
        else address.searchParams.delete(name);
      }
      try {
        history.replaceState(history.state, "", address);
      } catch {
        // Some browsers forbid it on file://; the search works all the same.
      }
    }

    function move(event) {
      const links = Array.from(results.querySelectorAll("a"));
      const at = links.indexOf(document.activeElement);
      if (!links.length || (at < 0 && document.activeElement !== input)) return;
      if (event.key === "ArrowDown") show(); // again, after Esc
      if (panel.hidden) return;
      const next = at + (event.key === "ArrowDown" ? 1 : -1);
      if (next >= links.length || (at < 0 && next < 0)) return;
      event.preventDefault();
      (next < 0 ? input : links[next]).focus();
    }

    input.addEventListener("input", () => {
      clearTimeout(timer);
      limit = step;
      timer = setTimeout(run, WAIT);
    });
    input.addEventListener("focus", () => {
      safecities.warm(base, lang);
      if (results.childElementCount) show();
    });
    form.addEventListener("keydown", (event) => {
      if (event.key === "ArrowDown" || event.key === "ArrowUp") move(event);
      if (event.key === "Escape" && onPage && results.contains(document.activeElement)) input.focus();
      if (event.key === "Escape" && !onPage && !panel.hidden) {
        event.preventDefault(); // else it would empty the box as well
        clearTimeout(timer);
        latest += 1;
        input.focus();
        close();
      }
    });
    form.addEventListener("focusout", (event) => {
      if (!form.contains(event.relatedTarget)) close();
    });
    // So that a click on the panel's empty parts, or in Safari on its links, keeps the focus in the form.
    if (!onPage) panel.tabIndex = -1;

    if (onPage) {
      form.addEventListener("submit", (event) => {
        event.preventDefault();
        clearTimeout(timer);
        remember();
        run(true);
      });
      input.addEventListener("change", remember);
      narrow.addEventListener("change", () => {
        limit = step;
        remember();
        run();
      });
      const links = () => Array.from(results.querySelectorAll("a"));
      more.addEventListener("click", async () => {
        const held = links().length;
        limit += step;
        await run();
        // The button may be gone; the reader goes on with the first result that came.
        if (links()[held]) links()[held].focus();
      });
      results.addEventListener("click", async (event) => {
        const button = event.target.closest("[data-group-all]");
        if (!button) return;
        for (const radio of form.elements.kind) radio.checked = radio.value === button.value;
        remember();
        await run();
        if (links().length) links()[0].focus();
      });
      const params = new URLSearchParams(location.search);
      everywhere.checked = params.get("all") === "1";
      for (const radio of form.elements.kind) radio.checked = radio.value === (params.get("kind") || "");
      if (!form.elements.kind.value) form.elements.kind[0].checked = true;
    }
    const asked = safecities.asked();
    const page = document.querySelector("[data-search-page]");
    if (page && asked) {
      input.value = asked;
      if (onPage) run(true);
    }
  }

  function isTyping(element) {
    if (element.matches("input")) return !/^(?:button|checkbox|radio|submit)$/.test(element.type);
    return element.isContentEditable || element.matches("textarea, select");
  }

  const forms = document.querySelectorAll("[data-search], [data-search-page]");
  forms.forEach(attach);
  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    const box = Array.from(forms, (form) => form.elements.q).find((input) => input.offsetParent);
    if (!box) return;
    event.preventDefault();
    box.focus();
    box.select();
  });
})();
