/* The search box: results while the reader types, in a panel below the box or, on the search page, in the page.
 * Without script the form leads to the search page. All words come from the page: templates, data attributes. */
(function () {
  "use strict";
  const safecities = (window.safecities = window.safecities || {});
  const WAIT = 120; // milliseconds between the last key and the search

  function attach(form) {
    const onPage = form.hasAttribute("data-search-page");
    const input = form.elements.q;
    const panel = form.querySelector("[data-search-panel]");
    const status = form.querySelector("[data-search-status]");
    const results = form.querySelector("[data-search-results]");
    const template = form.querySelector("[data-search-hit]");
    const all = form.querySelector("[data-search-all]");
    const lists = form.querySelector("[data-search-lists]"); // where to go when nothing is found
    const kinds = JSON.parse(form.dataset.kinds || "{}");
    const { base, lang, root } = form.dataset;
    const limit = Number(form.dataset.limit) || 8;
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
      close();
    }

    function stamp(hit, forms) {
      const link = template.content.firstElementChild.cloneNode(true);
      const part = (name) => link.querySelector("[data-hit-" + name + "]");
      link.href = root + hit.address;
      link.dataset.kind = hit.kind;
      part("kind").textContent = kinds[hit.kind] || "";
      safecities.mark(part("title"), hit.title, forms, hit.lang);
      safecities.mark(part("summary"), hit.summary, forms, hit.lang);
      if (hit.languageName) {
        for (const name of ["title", "summary"]) Object.assign(part(name), { lang: hit.lang, dir: hit.dir });
        part("lang").textContent = hit.languageName;
        part("lang").hidden = false;
      }
      return link;
    }

    function say(query, total) {
      if (total) status.textContent = safecities.plural(status.dataset.forms, total);
      else status.textContent = (status.dataset.none || "").replace("%(q)s", () => query);
    }

    async function run() {
      const query = input.value.trim();
      const mine = (latest += 1);
      if (onPage) remember(query);
      if (!query) {
        clear();
        return;
      }
      // Nothing is said about waiting unless there is some.
      const slow = setTimeout(() => {
        if (mine !== latest) return;
        status.textContent = status.dataset.loading || "";
        show();
      }, 300);
      try {
        const { total, hits, forms } = await safecities.search(base, query, { lang, limit });
        if (mine !== latest) return;
        results.replaceChildren(...hits.map((hit) => stamp(hit, forms)));
        say(query, total);
        if (lists) lists.hidden = total > 0;
        if (all) {
          all.search = new URLSearchParams({ q: query }).toString();
          all.parentElement.hidden = total <= hits.length;
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

    /* The address of the search page says what is searched for. */
    function remember(query) {
      const address = new URL(location.href);
      if (query) address.searchParams.set("q", query);
      else address.searchParams.delete("q");
      try {
        history.replaceState(history.state, "", address);
      } catch {
        // Some browsers forbid it on file://; the search works all the same.
      }
    }

    function move(event) {
      const links = Array.from(results.querySelectorAll("a"));
      if (!links.length || panel.hidden) return;
      const at = links.indexOf(document.activeElement);
      if (at < 0 && document.activeElement !== input) return;
      const next = at + (event.key === "ArrowDown" ? 1 : -1);
      if (next >= links.length || (at < 0 && next < 0)) return;
      event.preventDefault();
      (next < 0 ? input : links[next]).focus();
    }

    input.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(run, WAIT);
    });
    input.addEventListener("focus", () => {
      safecities.warm(base, lang);
      if (results.childElementCount) show();
    });
    form.addEventListener("keydown", (event) => {
      if (event.key === "ArrowDown" || event.key === "ArrowUp") move(event);
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
        run();
      });
    }
    const asked = new URLSearchParams(location.search).get("q");
    const page = document.querySelector("[data-search-page]");
    if (page && asked) {
      input.value = asked;
      if (onPage) run();
    }
  }

  function isTyping(element) {
    return element.isContentEditable || /^(?:input|textarea|select)$/i.test(element.tagName);
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
