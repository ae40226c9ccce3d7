/* Text as search compares it: folding, words, and the forms by which an index knows a word.
 * The same as fold, words and forms in scripts/safecities/analysis; a test holds the two together. */
(function () {
  "use strict";
  const safecities = (window.safecities = window.safecities || {});

  const INVISIBLE = "[\\u00ad\\u061c\\u0640\\u200b-\\u200f\\u2060\\ufe00-\\ufe0f\\ufeff]";
  const UNSEEN = new RegExp(INVISIBLE, "g");
  const DROPPED =
    "[\\u0300-\\u036f\\u0483-\\u0489\\u0591-\\u05bd\\u05bf\\u05c1\\u05c2\\u05c4\\u05c5\\u05c7" +
    "\\u0610-\\u061a\\u064b-\\u065f\\u0670\\u06d6-\\u06dc\\u06df-\\u06e4\\u06e7\\u06e8\\u06ea-\\u06ed" +
    "\\u08d3-\\u08e1\\u08e3-\\u08ff\\u1ab0-\\u1ac0\\u1dc0-\\u1dff\\u20d0-\\u20f0\\ufe20-\\ufe2f" +
    INVISIBLE.slice(1);
  // Letters that decomposition takes apart and that are joined again: Cyrillic й and the like, Thai and Lao am.
  const WHOLE = {
    "и\u0306": "й", "у\u0306": "ў", "і\u0308": "ї", "г\u0301": "ѓ", "к\u0301": "ќ",
    "\u0e4d\u0e32": "\u0e33", "\u0ecd\u0eb2": "\u0eb3",
  };
  const MENDED = new RegExp(
    Object.keys(WHOLE).map(([first, last]) => first + (first > "\u0e00" ? DROPPED + "*" : "") + last)
      .concat(DROPPED).join("|"),
    "g"
  );
  const LETTERS = {
    "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "ł": "l", "ı": "i", "þ": "th", "ς": "σ",
    "\u0671": "\u0627", "\u0649": "\u064a", "\u06cc": "\u064a", "\u0629": "\u0647", "\u06a9": "\u0643",
  };
  const ZEROS =
    "\u0660\u06f0\u07c0\u0966\u09e6\u0a66\u0ae6\u0b66\u0be6\u0c66\u0ce6\u0d66\u0de6\u0e50\u0ed0\u0f20\u1040\u1090" +
    "\u17e0\u1810\u1946\u19d0\u1a80\u1a90\u1b50\u1bb0\u1c40\u1c50\ua620\ua8d0\ua900\ua9d0\ua9f0\uaa50\uabf0";
  for (const zero of ZEROS) {
    for (let digit = 0; digit < 10; digit += 1) LETTERS[String.fromCharCode(zero.charCodeAt(0) + digit)] = String(digit);
  }
  const REPLACED = new RegExp("[" + Object.keys(LETTERS).join("") + "]", "g");

  // Letters of scripts without spaces between words: Thai, Lao, Burmese, Khmer, Japanese, Chinese.
  const UNSPACED =
    "[\\u0e01-\\u0e30\\u0e32\\u0e33\\u0e40-\\u0e46\\u0e81-\\u0eb0\\u0eb2\\u0eb3\\u0ebd-\\u0ec6\\u0edc-\\u0edf\\u1000-\\u102a\\u103f" +
    "\\u1050-\\u1055\\u105a-\\u105d\\u1061\\u1065\\u1066\\u106e-\\u1070\\u1075-\\u1081\\u108e\\u1780-\\u17b3\\u17d7" +
    "\\u17dc\\u3005-\\u3007\\u3021-\\u3029\\u3031-\\u3035\\u3038-\\u303c\\u3041-\\u3096\\u309d-\\u309f" +
    "\\u30a1-\\u30fa\\u30fc-\\u30ff\\u31f0-\\u31ff\\uff66-\\uff9d\\u3105-\\u312f\\u31a0-\\u31bf\\u3400-\\u4dbf" +
    "\\u4e00-\\u9fff\\uf900-\\ufaff\\u{20000}-\\u{323af}]";
  // Invisible characters belong to the word that they stand in.
  const MARKS = "\\p{M}\\uff9e\\uff9f" + INVISIBLE.slice(1, -1);
  const WORD = new RegExp("(?:" + UNSPACED + "[" + MARKS + "]*)+|(?:(?!" + UNSPACED + ")[\\p{L}\\p{N}" + MARKS + "])+", "gu");
  const CHARACTER = new RegExp(UNSPACED + "[" + MARKS + "]*", "gu");
  const ALONE = new RegExp("^" + CHARACTER.source + "$", "u");
  const NO_SPACES = new RegExp(UNSPACED, "u");
  const ELIDED = /^(?:[a-z]|(?:jus|lors|puis|quoi)?qu)$/;
  const APOSTROPHE = /^['\u2019]$/;

  const ARTICLES = ["وال", "بال", "كال", "فال", "ولل", "ال", "لل"];
  const PARTICLES = /^[وبل]/;

  // In Devanagari, a nasal before a consonant spoken in the same place, which most people write as anusvara.
  const NASALS = /ङ\u094d(?=[क-घ])|ञ\u094d(?=[च-झ])|ण\u094d(?=[ट-ढ])|न\u094d(?=[त-ध])|म\u094d(?=[प-भ])/g;

  function fold(text) {
    return text.normalize("NFKD").replace(UNSEEN, "").toLowerCase().normalize("NFKD")
      .replace(MENDED, (found) => WHOLE[found[0] + found[found.length - 1]] || "")
      .replace(REPLACED, (letter) => LETTERS[letter]);
  }

  /* Whether a form is of a script without spaces between words; and whether it is a single character of one. */
  const hasNoSpaces = (form) => NO_SPACES.test(form);
  const isCharacter = (form) => ALONE.test(form);

  /* Where words stand: [[start, end], …]. What an apostrophe cuts off (l', qu', 's) is none. Where there are no spaces,
   * each character with the one that follows it stands for a word; the last one stands alone. */
  function spans(text) {
    const found = [];
    for (const match of text.matchAll(WORD)) {
      const start = match.index;
      const end = start + match[0].length;
      if (hasNoSpaces(match[0])) {
        const characters = Array.from(match[0].matchAll(CHARACTER));
        characters.forEach(({ index }, at) => {
          const last = characters[at + 1] || characters[at];
          found.push([start + index, start + last.index + last[0].length]);
        });
        continue;
      }
      // Folded only beside an apostrophe: it is most of what marking the words in results costs.
      const elided = APOSTROPHE.test(text.charAt(end)) && ELIDED.test(fold(match[0]));
      const genitive = APOSTROPHE.test(text.charAt(start - 1)) && fold(match[0]) === "s";
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
    if (/^[\u0900-\u097f]/.test(word)) {
      return [word.replace(/\u093c/g, "").replace(/\u0901/g, "\u0902").replace(NASALS, "\u0902") || word];
    }
    if (lang.split("-")[0].toLowerCase() !== "ar") return [word];
    const bare = withoutArticle(word);
    if (bare === word && PARTICLES.test(word) && word.length > 3) return [word, withoutArticle(word.slice(1))];
    return [bare];
  }

  /* The words of a text, each as its forms. */
  function allWords(text, lang) {
    const folded = fold(text);
    return spans(folded).map(([start, end]) => forms(folded.slice(start, end), lang));
  }

  /* The same without what is only the end of the pair before it: the words that a reader looks for. */
  function words(text, lang) {
    const folded = fold(text);
    const found = spans(folded);
    return found.filter(([, end], at) => !at || end > found[at - 1][1])
      .map(([start, end]) => forms(folded.slice(start, end), lang));
  }

  Object.assign(safecities, { fold, spans, forms, words, allWords, hasNoSpaces, isCharacter });
})();
