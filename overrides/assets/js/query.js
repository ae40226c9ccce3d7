/* What a reader asks for: words, phrases in quotes, and after a minus what must not stand there.
 * The same as scripts/safecities/queries.py; a test holds the two together. */
(function () {
  "use strict";
  const safecities = (window.safecities = window.safecities || {});

  const QUOTES = "\"\u201c-\u201f\u00ab\u00bb\u2039\u203a\u300c-\u300f\uff02"; // of all scripts, whichever way they open
  const MINUS = "-\u2010\u2011\u2212\ufe63\uff0d"; // as keyboards and word processors write it; no dashes
  const PIECE = new RegExp("([" + MINUS + "]?)(?:[" + QUOTES + "]([^" + QUOTES + "]*)[" + QUOTES + "]|([^\\s" + QUOTES + "]+))|[" +
    QUOTES + "]", "g");

  /* {words: [{forms, whole}], phrases: [[forms, …], …], without: [[forms, …], …]}; whole: stands in quotes. */
  safecities.query = function (text, lang) {
    const query = { words: [], phrases: [], without: [] };
    for (const [, minus, quoted, bare] of text.matchAll(PIECE)) {
      const words = safecities.words(quoted || bare || "", lang);
      if (!words.length) continue;
      if (minus) {
        query.without.push(words);
        continue;
      }
      const whole = quoted !== undefined;
      query.words.push(...words.map((forms) => ({ forms, whole })));
      if (whole) query.phrases.push(words);
    }
    return query;
  };

  /* The words of a query, as typed, that are looked for: without quotes, and without what must not be found. */
  safecities.plainQuery = function (text) {
    const pieces = Array.from(text.matchAll(PIECE), ([, minus, quoted, bare]) => (minus ? "" : quoted || bare || ""));
    return pieces.join(" ").split(/\s+/).filter(Boolean).join(" ");
  };

  /* Whether the words of a phrase stand side by side in a text. */
  safecities.together = function (text, phrase, lang) {
    const words = safecities.allWords(text, lang);
    const same = (asked, form) => form === asked || (safecities.isCharacter(asked) && form.startsWith(asked));
    const fits = (forms, at) => (words[at] || []).some((form) => forms.some((asked) => same(asked, form)));
    return words.some((_, from) => phrase.every((forms, at) => fits(forms, from + at)));
  };
})();
