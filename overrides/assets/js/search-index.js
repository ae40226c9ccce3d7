/* Search in the index of one language: which documents have the words of a query, the best first.
 * Loads no more than the shards that the words lie in. The layout: scripts/safecities/search. */
(function () {
  "use strict";
  const safecities = (window.safecities = window.safecities || {});

  const MOST_WORDS = 16;

  /* {docs, kinds, …} of a language, and how to get at its parts. */
  async function open(base, lang) {
    const { version, data } = await safecities.load(base, lang + "/meta");
    let first = 0;
    const kinds = data.kinds.map(([kind, count, pattern]) => {
      first += count;
      return { kind, first: first - count, end: first, pattern };
    });
    const part = (name) => safecities.load(base, lang + "/" + name, version).then((found) => found.data);
    return { lang, docs: first, kinds, part, shards: data.shards, data };
  }

  function postings(data, place) {
    if (!data.decoded[place]) data.decoded[place] = safecities.decode(data.postings[place], true);
    return data.decoded[place];
  }

  /* What a word says of each document: {scores: Map document → score, rarity, forms: those it was found as}. */
  function judge(index, rows) {
    const scores = new Map();
    const forms = new Set();
    let rarity = 0;
    for (const { data, places, weight } of rows) {
      const groups = new Set(places.flatMap((place) => data.groups[place]));
      for (const group of groups) {
        const { numbers, impacts } = postings(data, group);
        const idf = Math.log(1 + (index.docs - numbers.length + 0.5) / (numbers.length + 0.5));
        rarity = Math.max(rarity, idf);
        numbers.forEach((number, at) => {
          const score = (idf * weight * impacts[at]) / 255;
          if (score > (scores.get(number) || 0)) scores.set(number, score);
        });
      }
      data.list.forEach((form, at) => {
        const held = data.groups[at];
        if (Array.isArray(held) ? held.some((group) => groups.has(group)) : groups.has(held)) forms.add(form);
      });
    }
    return { scores, rarity, forms };
  }

  /* Which documents match: {index, forms, found: [{number, score, all}]}, those with all words first.
   * Beside such, one with only some words counts if these are at least half of what the query says. */
  async function match(base, query, options) {
    const index = await open(base, options.lang);
    const words = safecities.words(query, options.lang).slice(0, MOST_WORDS);
    const looked = words.map((forms, at) => safecities.lookup(index, forms, at === words.length - 1));
    const judged = (await Promise.all(looked)).map((rows) => judge(index, rows));
    const kind = index.kinds.find((row) => row.kind === options.kind) || { first: 0, end: index.docs };
    const rows = new Map();
    let whole = 0;
    judged.forEach(({ scores, rarity }) => {
      whole += rarity;
      scores.forEach((score, number) => {
        if (number < kind.first || number >= kind.end) return;
        const row = rows.get(number) || { number, score: 0, held: 0, share: 0 };
        rows.set(number, { number, score: row.score + score, held: row.held + 1, share: row.share + rarity });
      });
    });
    let found = Array.from(rows.values(), ({ number, score, held, share }) => ({
      number, all: held === judged.length, share: whole ? share / whole : 0, score: whole ? (score * share) / whole : 0,
    }));
    if (found.some((row) => row.all)) found = found.filter((row) => row.all || row.share >= 0.5);
    found.sort((a, b) => b.all - a.all || b.score - a.score || a.number - b.number);
    return { index, found, forms: new Set(judged.flatMap((word) => Array.from(word.forms))) };
  }

  async function describe(index, { number, score, all }) {
    const { data, lang } = index;
    const [titles, summaries] = await Promise.all([
      index.part("docs-" + Math.floor(number / data.titles)),
      index.part("summaries-" + Math.floor(number / data.summaries)),
    ]);
    const [id, title, other] = titles[number % data.titles];
    const { kind, pattern } = index.kinds.find((row) => number < row.end);
    const [name, dir] = (other && data.languages[other]) || [];
    return {
      id, kind, title, summary: summaries[number % data.summaries], score, all,
      address: pattern.replace("*", () => encodeURI(id)), lang: other || lang, languageName: name, dir,
    };
  }

  /* Search: {total, hits, forms}. Options: lang; kind, limit (all if not given).
   * A hit: {id, kind, title, summary, address, lang, languageName?, dir?, score, all}, the address from the site's
   * root, languageName and dir only where the text is in another language than asked; forms: what to highlight. */
  safecities.search = async function (base, query, options) {
    const { index, found, forms } = await match(base, query, options);
    const best = found.slice(0, options.limit === undefined ? found.length : options.limit);
    return { total: found.length, hits: await Promise.all(best.map((row) => describe(index, row))), forms };
  };

  /* The same without titles, for lists: Map of a record's number among its kind → its rank, from 0. */
  safecities.ranks = async function (base, query, options) {
    const { index, found } = await match(base, query, options);
    const { first } = index.kinds.find((row) => row.kind === options.kind);
    const all = found.filter((row) => row.all);
    return new Map((all.length ? all : found).map((row, rank) => [row.number - first, rank]));
  };

  /* Load what every search needs, when a reader goes to the box. */
  safecities.warm = function (base, lang) {
    return open(base, lang).then((index) => index.part("docs-0")).catch(() => undefined);
  };
})();
