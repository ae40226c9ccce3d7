/* The records that a list shows, in its order, as a file. Python has written each record's piece in each format
 * (scripts/safecities/takeaway.py); here they are only picked and joined, so that it works on file:// too. */
(function () {
  "use strict";
  const safecities = (window.safecities = window.safecities || {});

  async function join(list, format) {
    const [, base = "", name] = list.dataset.columns.match(/^(.*\/)?(.*)\.js$/);
    const section = name.replace("facets-", "");
    const folder = "takeaway/" + section + "/";
    const { data: { chunk, formats } } = await safecities.load(base, folder + "meta");
    const { head, between, tail, type, ending, versions } = formats[format];
    const shown = safecities.listed.get(list)();
    const needed = Array.from(new Set(shown.map((number) => Math.floor(number / chunk))));
    const parts = new Map(await Promise.all(needed.map(async (part) => {
      const { data } = await safecities.load(base, folder + format + "-" + part, versions[part]);
      return [part, data];
    })));
    const pieces = shown.map((number) => parts.get(Math.floor(number / chunk))[number % chunk]);
    return { blob: new Blob([head + pieces.join(between) + tail], { type }), file: section + "." + ending };
  }

  function save({ blob, file }) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = file;
    link.click();
    // Not at once: some browsers begin to read only later.
    setTimeout(() => URL.revokeObjectURL(link.href), 60000);
  }

  document.querySelectorAll("[data-list]").forEach((list) => {
    const box = list.querySelector("[data-take]");
    const status = box.querySelector("[data-take-status]");
    box.addEventListener("click", async (event) => {
      const button = event.target.closest("[data-take-format]");
      if (!button) return;
      status.textContent = "";
      try {
        save(await join(list, button.dataset.takeFormat));
      } catch {
        status.textContent = status.dataset.failed;
      }
    });
  });
})();
