/* What was found, stamped from the form's templates: links, in groups by kind where there are several kinds. */
(function () {
  "use strict";
  const safecities = (window.safecities = window.safecities || {});

  function link(form, hit, forms, typed, languages) {
    const made = form.querySelector("[data-search-hit]").content.firstElementChild.cloneNode(true);
    const part = (name) => made.querySelector("[data-hit-" + name + "]");
    made.href = form.dataset.root + hit.address;
    made.dataset.kind = hit.kind;
    part("kind").textContent = JSON.parse(form.dataset.kinds)[hit.kind] || "";
    safecities.mark(part("title"), hit.title, forms, hit.lang);
    safecities.mark(part("summary"), hit.summary, forms, hit.lang);
    if (hit.lang !== form.dataset.lang) {
      const [called, dir] = languages[hit.lang] || [hit.languageName, hit.dir];
      for (const name of ["title", "summary"]) Object.assign(part(name), { lang: hit.lang, dir });
      part("lang").textContent = called;
      part("lang").hidden = false;
    }
    const words = Array.from(new Set(hit.beyond.map((at) => typed[at]).filter(Boolean).map(safecities.shortened)));
    part("beyond").hidden = !words.length;
    part("beyond-words").textContent = words.join(", ");
    return made;
  }

  function groupOf(form, kind, kinds) {
    const results = form.querySelector("[data-search-results]");
    const there = results.querySelector('[data-group="' + kind + '"]');
    if (there) return there;
    const group = form.querySelector("[data-search-group]").content.firstElementChild.cloneNode(true);
    const head = group.querySelector("[data-group-words]");
    const { [kind]: words } = JSON.parse(form.dataset.groups);
    group.dataset.group = kind;
    head.textContent = words;
    head.id = form.elements.q.id + "-" + kind;
    group.setAttribute("aria-labelledby", head.id);
    group.querySelector("[data-group-count]").textContent = String(kinds.get(kind));
    const all = group.querySelector("[data-group-all]");
    if (all) {
      all.value = kind;
      all.textContent = all.dataset.words.replace("%(kind)s", () => words).replace("%(n)s", () => String(kinds.get(kind)));
    }
    results.append(group);
    return group;
  }

  /* Add hits to the form's results. found: {forms, kinds} as safecities.search gives it; typed: the words of the query
   * as typed; languages: tag → name and direction. What is there already stays as it is: a reader may be about to
   * choose it. */
  safecities.searchHits = function (form, hits, { forms, kinds }, typed, languages) {
    for (const hit of hits) {
      const group = groupOf(form, hit.kind, kinds);
      const links = group.querySelector("[data-group-links]");
      links.append(link(form, hit, forms, typed, languages));
      const all = group.querySelector("[data-group-all]");
      if (all) all.hidden = kinds.get(hit.kind) <= links.children.length;
    }
  };
})();
