/* What a reader asks for: words, phrases in quotes, and after a minus what must not stand there.
 * The same as scripts/safecities/queries.py; a test holds the two together. */
(function () {
  "use strict";
  const safecities = (window.safecities = window.safecities || {});

  const PIECE = /([-\u2212]?)(?:["“„«]([^"“”„«»]*)["“”»]|([^\s"“”„«»]+))|["“”„«»]/g;

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

  /* Whether the words of a phrase stand side by side in a text. */
  safecities.together = function (text, phrase, lang) {
    const words = safecities.allWords(text, lang);
    const same = (asked, form) => form === asked || (safecities.isCharacter(asked) && form.startsWith(asked));
    const fits = (forms, at) => (words[at] || []).some((form) => forms.some((asked) => same(asked, form)));
    return words.some((_, from) => phrase.every((forms, at) => fits(forms, from + at)));
  };
})();
