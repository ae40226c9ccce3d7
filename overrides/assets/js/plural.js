/* Counting in the reader's language: the page brings the forms, CLDR's rules in the browser choose one. */
(function () {
  "use strict";
  const safecities = (window.safecities = window.safecities || {});

  let rules = null;

  /* forms: {"one": "%(n)s result", "other": "%(n)s results"}, or the same as JSON. */
  safecities.plural = function (forms, n) {
    const known = typeof forms === "string" ? JSON.parse(forms) : forms;
    rules = rules || new Intl.PluralRules(document.documentElement.lang || "en");
    return (known[rules.select(n)] || known.other || "%(n)s").replace("%(n)s", String(n));
  };
})();
