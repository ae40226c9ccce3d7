/* A list with filters: shows the rows that fit, counts what each further option would leave, keeps the state in the
 * address. OR within a facet, AND across; an option's count leaves its own facet out.
 * Without this script, or without the columns, the whole list stays in the page. */
(function () {
  "use strict";
  const safecities = (window.safecities = window.safecities || {});
  const WAIT = 200; // milliseconds between the last key and the search
  const YEAR = /^\d{1,4}$/;
  const BLOCK = 10; // rows of a block, as the page comes (pages.BLOCK)
  const LOW = 150; // pixels; every row is higher, having four lines at least
  const SLICE = 24; // milliseconds of filling further blocks before the page may do something else

  const { bitset, both, either, has, common } = safecities.bits;

  /* The list is what it will be: styles show it (start.js). */
  function settle() {
    document.documentElement.classList.remove("is-asked");
  }

  /* Do something once the page shows what it is now. */
  const later = (work) => requestAnimationFrame(() => setTimeout(work));

  /* List → what gives the numbers of the records that it shows, in its order. */
  safecities.listed = new WeakMap();

  function attach(list, columns) {
    const form = list.querySelector("[data-filters]");
    const results = list.querySelector("[data-results]");
    const find = (name) => list.querySelector("[data-" + name + "]");
    const [count, chips, chip, clear, empty, lifts] = ["count", "chips", "chip", "clear", "empty", "lifts"].map(find);
    const words = form.elements.q;
    const sort = form.elements.sort;
    const size = columns.ids.length;
    const number = new Map(columns.ids.map((id, at) => [id, at]));
    const rows = Array.from(results.querySelectorAll("[data-record]"), (element, order) => ({
      element, order, number: number.get(element.dataset.record),
    })).filter((row) => row.number !== undefined);
    const present = bitset(size, rows.map((row) => row.number));
    const blocks = Array.from(results.children);
    const orders = new Map(); // name of an order → all rows in it
    let placed = rows; // the rows in the page, in their order
    let pushed = null; // the block that is pushed out of view with all after it, until they are gone
    const options = Array.from(form.querySelectorAll("[data-facet] input[type=checkbox]"), (input) => {
      const label = input.closest("label");
      const held = (columns.facets[input.name] || {})[input.value];
      return {
        input,
        facet: input.name,
        words: label.querySelector("span:not([data-option-count])").textContent.trim(),
        count: label.querySelector("[data-option-count]"),
        label,
        left: null, // records that it would leave, and how many the page says
        drawn: null,
        bits: bitset(size, held ? safecities.numbers(held) : []),
      };
    });
    const facets = Array.from(new Set(options.map((option) => option.facet)));
    const optionsOf = new Map(facets.map((facet) => [facet, options.filter((option) => option.facet === facet)]));
    const marks = Array.from(list.querySelectorAll("[data-facet-on], [data-filters-on]"));
    const elsewhere = Array.from(document.querySelectorAll(".languages a[hreflang]"));
    const range = ["since", "until"].map((name) => form.elements[name]);
    const known = new Set([...facets, "q", "sort", "since", "until"]);
    let sorted = null; // the order that was asked for, if any was
    let ranks = null; // record → rank among the hits of the words, if there are words
    let ranked = false; // they say which of these records has more of the words
    let typing = false; // words are being typed, and the address has an entry of its own for them
    let latest = 0;
    let timer = 0;

    /* The years asked for, [from, to], null where open; null if none are asked for. The earlier one comes first, wherever
     * it was typed. */
    function span() {
      const years = range.map((input) => (YEAR.test(input.value) ? Number(input.value) : null));
      if (!years.includes(null)) years.sort((a, b) => a - b);
      return years.some((year) => year !== null) ? years : null;
    }

    /* Records that were under way in any of the years asked for; one of which no year is known isn't among them. */
    function during([since, until]) {
      const fits = (years) => years && (until === null || years[0] === null || years[0] <= until) &&
        (since === null || years[1] === null || years[1] >= since);
      return bitset(size, columns.ids.map((_, at) => at).filter((at) => fits(columns.years[at])));
    }

    function liftYears() {
      for (const input of range) input.value = "";
    }

    function liftWords() {
      words.value = "";
    }

    const wordsOf = (years) => years.map((year) => (year === null ? "" : year)).join("–");

    const ticked = (facet) => optionsOf.get(facet).filter((option) => option.input.checked);

    /* All that narrows the list now: {name, words, bits: the records that it leaves, lift}. */
    function limits() {
      const on = facets.map((name) => [name, ticked(name)]).filter(([, chosen]) => chosen.length).map(([name, chosen]) => ({
        name,
        words: chosen.map((option) => option.words).join(", "),
        bits: chosen.map((option) => option.bits).reduce(either),
        lift: () => { for (const option of chosen) option.input.checked = false; },
      }));
      const years = span();
      if (years) on.push({ name: "years", words: wordsOf(years), bits: during(years), lift: liftYears });
      if (ranks) on.push({ name: "q", words: safecities.shortened(words.value.trim()), bits: bitset(size, ranks.keys()), lift: liftWords });
      return on;
    }

    /* Draw what the controls say: what is in view at once, the rest when the reader sees that. */
    function draw() {
      // Asked before anything is written, or the page would be laid out twice.
      const height = Math.max(0, innerHeight - results.getBoundingClientRect().top);
      const inView = new Set(options.filter(({ label }) => {
        const { top, bottom } = label.getBoundingClientRect();
        return bottom > 0 && top < innerHeight;
      }));
      const on = limits();
      const without = (name) => on.filter((limit) => limit.name !== name)
        .reduce((bits, limit) => both(bits, limit.bits), present);
      for (const facet of facets) {
        const others = without(facet);
        for (const option of optionsOf.get(facet)) option.left = common(option.bits, others);
      }
      const shown = without(null);
      const total = common(shown, shown);
      inView.forEach(drawCount);
      place(arranged().filter((row) => has(shown, row.number)), height);
      count.textContent = safecities.plural(count.dataset.forms, total);
      empty.hidden = total > 0;
      drawLifts(total ? [] : on.map((limit) => ({ ...limit, left: common(present, without(limit.name)) })));
      drawChips();
      later(() => {
        options.forEach(drawCount);
        carry();
      });
    }

    function drawCount(option) {
      const { left, drawn } = option;
      if (left === drawn) return;
      option.drawn = left;
      option.count.textContent = String(left);
      option.label.classList.toggle("is-empty", left === 0);
    }

    /* Where nothing is left: which one of the filters to lift, and how much there would be then. */
    function drawLifts(on) {
      lifts.replaceChildren(...on.filter(({ left }) => left).map(({ words: filter, left, lift }) => {
        const item = find("lift-button").content.firstElementChild.cloneNode(true);
        const said = { filter, found: safecities.plural(count.dataset.forms, left) };
        item.querySelector("button").textContent =
          lifts.dataset.words.replace(/%\((filter|found)\)s/g, (_, name) => said[name]);
        item.querySelector("button").addEventListener("click", () => {
          lift();
          write("pushState");
          search();
          count.focus(); // the button is gone
        });
        return item;
      }));
    }

    function drawChips() {
      const active = options.filter((option) => option.input.checked);
      const years = span();
      const typed = words.value.trim();
      const on = active.map((option) => [option.words, option.input, () => { option.input.checked = false; }]);
      if (years) on.push([wordsOf(years), range[0], liftYears]);
      if (typed) on.push(["“" + safecities.shortened(typed) + "”", words, liftWords]);
      chips.replaceChildren(...on.map(([label, input, lift]) => {
        const item = chip.content.firstElementChild.cloneNode(true);
        item.querySelector("[data-chip-label]").textContent = label;
        item.querySelector("[data-lift]").addEventListener("click", () => {
          lift();
          write("pushState");
          search();
          // The button is gone; the next filter's, or else the filter itself, keeps the reader's place.
          (chips.querySelector("[data-lift]") || input).focus();
        });
        return item;
      }));
      chips.hidden = !on.length;
      clear.hidden = !on.length;
      for (const mark of marks) {
        const facet = mark.closest("[data-facet]");
        const number = facet ? active.filter((option) => option.facet === facet.dataset.facet).length : on.length;
        mark.textContent = number ? String(number) : "";
      }
    }

    /* All rows in the order that is asked for. */
    function arranged() {
      const { year, added } = columns;
      const rank = (row) => (ranks.has(row.number) ? ranks.get(row.number) : size);
      const by = {
        year: (a, b) => (year[b.number] || 0) - (year[a.number] || 0),
        added: (a, b) => (added[a.number] < added[b.number]) - (added[a.number] > added[b.number]),
        words: (a, b) => rank(a) - rank(b),
      };
      const name = order();
      if (!by[name]) return rows;
      const found = orders.get(name) || rows.slice().sort((a, b) => by[name](a, b) || a.order - b.order);
      if (name !== "words") orders.set(name, found);
      return found;
    }

    /* The name of the order in which the rows stand: the one asked for, else the best first where there are words. */
    function order() {
      return sorted && (ranked || sorted !== "words") ? sorted : ranked ? "words" : "title";
    }

    function drawOrder() {
      sort.querySelector("[value=words]").hidden = !ranked;
      sort.value = order();
    }

    /* Put rows into the page, and no others: at once what is in view, which is the results' first `height` pixels; the
     * rest in slices of time, since a reader who looks for words in the page (Ctrl+F), prints or scrolls must find all.
     * Until then the results are busy. */
    function place(order, height) {
      if (order.length === placed.length && order.every((row, at) => row === placed[at])) return;
      placed = order;
      results.setAttribute("aria-busy", "true");
      if (pushed) pushed.style.marginBlockStart = "";
      const seen = Math.ceil(height / LOW);
      fill(0, seen);
      // What goes in a moment must not be seen below few rows.
      pushed = order.length < seen ? results.children[Math.ceil(order.length / BLOCK)] : null;
      if (pushed) pushed.style.marginBlockStart = height + "px";
      const slice = (from) => {
        if (placed !== order) return;
        const end = performance.now() + SLICE;
        let next = from;
        for (; next < rows.length && performance.now() < end; next += BLOCK) fill(next, next + BLOCK);
        if (next < rows.length) setTimeout(slice, 0, next);
        else results.removeAttribute("aria-busy");
      };
      later(() => slice(0));
    }

    /* Fill blocks with the rows from a block's first to some other; the rows of a block that isn't filled to its end stay
     * below these for now. A row that is where it belongs isn't touched. */
    function fill(from, to) {
      for (let at = from; at < Math.min(to, placed.length); at += BLOCK) {
        const block = blocks[at / BLOCK];
        const wanted = placed.slice(at, Math.min(to, at + BLOCK)).map((row) => row.element);
        const whole = to >= Math.min(at + BLOCK, placed.length);
        for (const row of whole ? Array.from(block.children) : []) if (!wanted.includes(row)) row.remove();
        wanted.forEach((row, n) => {
          if (block.children[n] !== row) block.insertBefore(row, block.children[n] || null);
        });
        if (!block.isConnected) results.insertBefore(block, at ? blocks[at / BLOCK - 1].nextSibling : results.firstChild);
      }
      const needed = Math.ceil(placed.length / BLOCK);
      for (const block of blocks.slice(Math.max(needed, Math.ceil(from / BLOCK)), Math.ceil(to / BLOCK))) block.remove();
    }

    /* Which records the words are found in; where the index can't be had, the rows' own text answers. */
    async function search() {
      const mine = (latest += 1);
      const query = words.value.trim();
      let found = null;
      let notes = [];
      let best = false;
      if (query) {
        const { base, lang, kind } = list.dataset;
        try {
          ({ ranks: found, ranked: best, notes } = await safecities.ranks(base, query, { lang, kind }));
          if (typing && found && !found.size && safecities.isLetter(safecities.query(query, lang))) found = null;
        } catch {
          const asked = safecities.query(query, lang);
          const fits = rows.filter(({ element }) => {
            const held = new Set(safecities.words(element.textContent, lang).flat());
            const has = (forms) => forms.some((form) => held.has(form));
            return asked.words.every(({ forms }) => has(forms)) && !asked.without.some((words) => words.every(has));
          });
          found = new Map(fits.map((row, rank) => [row.number, rank]));
          best = asked.words.length > 0;
        }
      }
      if (mine !== latest) return;
      ranks = found;
      ranked = best && Boolean(found);
      drawOrder();
      draw();
      safecities.searchNotes(list, words, notes, found ? found.size : 0);
      settle();
    }

    /* The address that says the same as the controls; what others have put into it stays. */
    function address() {
      const url = new URL(location.href);
      const kept = Array.from(url.searchParams).filter(([name]) => !known.has(name));
      const active = options.filter((option) => option.input.checked);
      const ours = active.map((option) => [option.facet, option.input.value]);
      if (words.value.trim()) ours.push(["q", words.value.trim()]);
      for (const input of range) if (YEAR.test(input.value)) ours.push([input.name, input.value]);
      if (sorted) ours.push(["sort", sorted]);
      url.search = new URLSearchParams([...ours, ...kept]).toString();
      return url;
    }

    /* The list in another language opens with the same filters; words are those of one language and stay behind. */
    function carry() {
      const url = address();
      url.searchParams.delete("q");
      for (const link of elsewhere) link.search = url.search;
    }

    function write(method) {
      const now = address();
      if (now.href === location.href) return; // nor would Back do anything
      try {
        history[method](null, "", now);
      } catch {
        // Some browsers forbid it on file://; the filters work all the same.
      }
    }

    function changed() {
      draw();
      // When the address changes, a browser looks at every link of the page.
      later(() => write("pushState"));
    }

    function restore() {
      const params = new URLSearchParams(location.search);
      clearTimeout(timer);
      typing = false;
      for (const { input, facet } of options) input.checked = params.getAll(facet).includes(input.value);
      for (const input of range) input.value = YEAR.test(params.get(input.name)) ? params.get(input.name) : "";
      words.value = safecities.asked();
      const wanted = params.get("sort");
      sorted = Array.from(sort.options).some((option) => option.value === wanted) ? wanted : null;
      drawOrder();
      search();
    }

    form.addEventListener("change", (event) => {
      if (event.target === words || event.target.matches("[data-facet-find]")) return;
      if (event.target === sort) sorted = sort.value;
      changed();
    });
    words.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        // One step back for all that is typed in one go.
        write(typing ? "replaceState" : "pushState");
        typing = true;
        search();
      }, WAIT);
    });
    words.addEventListener("change", () => { typing = false; });
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      clearTimeout(timer);
      write(typing ? "replaceState" : "pushState");
      typing = false;
      search();
    });
    clear.addEventListener("click", () => {
      for (const { input } of options) input.checked = false;
      liftYears();
      liftWords();
      for (const field of form.querySelectorAll("[data-facet-find]")) {
        field.value = "";
        field.dispatchEvent(new Event("input"));
      }
      write("pushState");
      search();
      words.focus();
    });
    window.addEventListener("popstate", restore);
    window.addEventListener("beforeprint", () => fill(0, rows.length));
    window.addEventListener("pageshow", (event) => {
      if (event.persisted) restore();
    });
    safecities.listed.set(list, () => placed.map((row) => row.number));
    for (const button of form.querySelectorAll("button[type=submit]")) button.hidden = true;
    restore();
  }

  document.querySelectorAll("[data-list]").forEach((list) => {
    const [, base, name] = list.dataset.columns.match(/^(.*\/)?(.*)\.js$/);
    safecities.load(base || "", name).then(
      ({ data }) => attach(list, data),
      // Filters that do nothing would be worse than none: the list stays, and so do the ready-made lists.
      () => {
        list.querySelector("[data-filters]").hidden = true;
        settle();
      }
    );
  });
})();
