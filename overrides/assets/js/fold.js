/* Text as search compares it: folding, words, and the forms by which an index knows a word.
 * The same as fold, words and forms in scripts/safecities/analysis.py; a test holds the two together. */
(function () {
  "use strict";
  const safecities = (window.safecities = window.safecities || {});

  const DROPPED = new RegExp(
    "[\\u0300-\\u036f\\u0483-\\u0489\\u0591-\\u05bd\\u05bf\\u05c1\\u05c2\\u05c4\\u05c5\\u05c7" +
      "\\u0610-\\u061a\\u064b-\\u065f\\u0670\\u06d6-\\u06dc\\u06df-\\u06e4\\u06e7\\u06e8\\u06ea-\\u06ed" +
      "\\u08d3-\\u08e1\\u08e3-\\u08ff\\u1ab0-\\u1ac0\\u1dc0-\\u1dff\\u20d0-\\u20f0\\ufe20-\\ufe2f" +
      "\\u0640\\u00ad\\u061c\\u200b-\\u200f\\u2060\\ufeff]",
    "g"
  );
  const LETTERS = {
    "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "ł": "l", "ı": "i", "þ": "th", "ς": "σ",
    "\u0671": "\u0627", "\u0649": "\u064a", "\u06cc": "\u064a", "\u0629": "\u0647", "\u06a9": "\u0643",
  };
  for (let digit = 0; digit < 10; digit += 1) {
    LETTERS[String.fromCharCode(0x660 + digit)] = String(digit);
    LETTERS[String.fromCharCode(0x6f0 + digit)] = String(digit);
  }
  const REPLACED = new RegExp("[" + Object.keys(LETTERS).join("") + "]", "g");

  // Invisible characters belong to the word that they stand in.
  const WORD = /[\p{L}\p{N}\p{M}\u00ad\u061c\u200b-\u200f\u2060\ufeff]+/gu;
  const ELIDED = /^(?:[a-z]|(?:jus|lors|puis|quoi)?qu)$/;
  const APOSTROPHE = /^['\u2019]$/;

  const ARTICLES = ["وال", "بال", "كال", "فال", "ولل", "ال", "لل"];
  const AND = "و";

  function fold(text) {
    return text.normalize("NFKD").toLowerCase().normalize("NFKD")
      .replace(DROPPED, "")
      .replace(REPLACED, (letter) => LETTERS[letter]);
  }

  /* Where words stand: [[start, end], …]. What an apostrophe cuts off (l', qu', 's) is none. */
  function spans(text) {
    const found = [];
    for (const match of text.matchAll(WORD)) {
      const start = match.index;
      const end = start + match[0].length;
      const word = fold(match[0]);
      const elided = APOSTROPHE.test(text.charAt(end)) && ELIDED.test(word);
      const genitive = word === "s" && APOSTROPHE.test(text.charAt(start - 1));
      if (!elided && !genitive) found.push([start, end]);
    }
    return found;
  }

  function withoutArticle(word) {
    for (const article of ARTICLES) {
      if (word.startsWith(article) && word.length >= 2 * article.length) return word.slice(article.length);
    }
    return word;
  }

  /* The forms by which a folded word is looked up, the likeliest first. */
  function forms(word, lang) {
    if (lang.split("-")[0].toLowerCase() !== "ar") return [word];
    const bare = withoutArticle(word);
    if (bare === word && word.startsWith(AND) && word.length > 3) return [word, withoutArticle(word.slice(1))];
    return [bare];
  }

  /* The words of a text, each as its forms. */
  function words(text, lang) {
    const folded = fold(text);
    return spans(folded).map(([start, end]) => forms(folded.slice(start, end), lang));
  }

  Object.assign(safecities, { fold, spans, forms, words });
})();
