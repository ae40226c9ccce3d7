/* What a reader asks for: words, phrases in quotes, and after a minus what must not stand there.
 * The same as scripts/safecities/queries.py; a test holds the two together. */
(function () {
  "use strict";
  const safecities = (window.safecities = window.safecities || {});

  const QUOTES = "\"\u201c-\u201f\u00ab\u00bb\u2039\u203a\u300c-\u300f\uff02"; // of all scripts, whichever way they open
  const MINUS = "-\u2010\u2011\u2212\ufe63\uff0d"; // as keyboards and word processors write it; no dashes
  const PIECE = new RegExp("([" + MINUS + "]?)(?:[" + QUOTES + "]([^" + QUOTES + "]*)[" + QUOTES + "]|([^\\s" + QUOTES + "]+))|[" +
    QUOTES + "]", "g");
  const MARKS = /[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]/g; // say which way text runs; copied along, unseen

  const pieces = (text) => text.replace(MARKS, "").matchAll(PIECE);

  /* {words: [{forms, whole}], phrases, without, apart: [[forms, …], …], unfinished}; whole: stands in quotes. */
  safecities.query = function (text, lang) {
    const query = { words: [], phrases: [], without: [], apart: [], unfinished: false };
    for (const [, minus, quoted, bare] of pieces(text)) {
      const words = safecities.words(quoted || bare || "", lang);
      if (!words.length) continue;
      const whole = quoted !== undefined;
      if (minus) query[whole && words.length > 1 ? "apart" : "without"].push(words);
      else query.words.push(...words.map((forms) => ({ forms, whole })));
      if (!minus && whole) query.phrases.push(words);
      query.unfinished = !minus && !whole;
    }
    return query;
  };

  /* Whether a query is a single letter so far, of which it is too early to say that it stands nowhere. */
  safecities.isLetter = ({ words, unfinished }) =>
    unfinished && words.length === 1 && words[0].forms[0].length === 1 && !safecities.isCharacter(words[0].forms[0]);

  /* The words of a query, as typed, that are looked for: without quotes, and without what must not be found. */
  safecities.plainQuery = function (text) {
    const kept = Array.from(pieces(text), ([, minus, quoted, bare]) => (minus ? "" : quoted || bare || ""));
    return kept.join(" ").split(/\s+/).filter(Boolean).join(" ");
  };

  /* Whether the words of a phrase stand side by side in a text. */
  safecities.together = function (text, phrase, lang) {
    const words = safecities.allWords(text, lang);
    const same = (asked, form) => form === asked || (safecities.isCharacter(asked) && form.startsWith(asked));
    const fits = (forms, at) => (words[at] || []).some((form) => forms.some((asked) => same(asked, form)));
    return words.some((_, from) => phrase.every((forms, at) => fits(forms, from + at)));
  };
})();
