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
    data.divisors = data.divisors || safecities.norms(data.norms).map((norm) => norm * data.saturation);
    return { lang, docs: first, kinds, part, shards: data.shards, data };
  }

  /* The postings of a group: {numbers: of the documents, impacts: BM25F's, from 0 to 1}. */
  function postings(index, shard, place) {
    if (!shard.decoded[place]) {
      const numbers = safecities.numbers(shard.numbers[place]);
      const weights = safecities.weights(shard.weights[place], numbers.length);
      const impacts = weights.map((weight, at) => weight / (weight + index.data.divisors[numbers[at]]));
      shard.decoded[place] = { numbers, impacts };
    }
    return shard.decoded[place];
  }

  /* What a word says of each document: {scores: Map document → score, rarity, forms: those it was found as}. */
  function judge(index, rows) {
    const scores = new Map();
    const forms = new Set();
    let rarity = 0;
    for (const { data, places, weight } of rows) {
      const groups = new Set(places.flatMap((place) => data.groups[place]));
      for (const group of groups) {
        const { numbers, impacts } = postings(index, data, group);
        const idf = Math.log(1 + (index.docs - numbers.length + 0.5) / (numbers.length + 0.5));
        rarity = Math.max(rarity, idf);
        numbers.forEach((number, at) => {
          const score = idf * weight * impacts[at];
          if (score > (scores.get(number) || 0)) scores.set(number, score);
        });
      }
      data.list.forEach((form, at) => {
        if (data.groups[at].some((group) => groups.has(group))) forms.add(form);
      });
    }
    return { scores, rarity, forms };
  }

  /* The numbers of the documents that hold all of some words as they stand. */
  async function holding(index, words) {
    const looked = await Promise.all(words.map((forms) => safecities.lookup(index, forms, { whole: true })));
    const [first, ...others] = looked.map(({ rows }) => judge(index, rows).scores);
    return Array.from(first.keys()).filter((number) => others.every((scores) => scores.has(number)));
  }

  /* Those documents in whose title or summary the words of a phrase stand side by side: the index doesn't say where in a
   * text a word stands, so that both are read. */
  async function withPhrase(index, numbers, phrase) {
    const has = await Promise.all(numbers.map(async (number) => {
      const { title, summary, lang } = await describe(index, { number });
      return [title, summary].some((text) => safecities.together(text, phrase, lang));
    }));
    return new Set(numbers.filter((_, at) => has[at]));
  }

  /* The numbers of the documents that must not be found. */
  async function unwanted(index, { without, apart }) {
    const alone = without.map((words) => holding(index, words));
    const beside = apart.map(async (phrase) => withPhrase(index, await holding(index, phrase), phrase));
    return new Set((await Promise.all([...alone, ...beside])).flatMap((numbers) => Array.from(numbers)));
  }

  /* Which documents match: {index, found: [{number, score, all}], excluded, …}, those with all words first.
   * Beside such, one with only some words counts if these are at least half of what the query says. */
  async function match(base, query, { lang, kind }) {
    const index = await open(base, lang);
    const asked = safecities.query(query, lang);
    const words = asked.words.slice(0, MOST_WORDS);
    const unfinished = (at) => asked.unfinished && at === asked.words.length - 1;
    const excluding = unwanted(index, asked);
    const looked = await Promise.all(words.map(({ forms, whole }, at) =>
      safecities.lookup(index, forms, { whole, unfinished: unfinished(at) })));
    const judged = looked.map(({ rows }) => judge(index, rows));
    const excluded = await excluding;
    const within = index.kinds.find((row) => row.kind === kind) || { first: 0, end: index.docs };
    const rows = new Map();
    let whole = 0;
    judged.forEach(({ scores, rarity }) => {
      whole += rarity;
      scores.forEach((score, number) => {
        if (number < within.first || number >= within.end) return;
        const row = rows.get(number) || { number, score: 0, held: 0, share: 0 };
        rows.set(number, { number, score: row.score + score, held: row.held + 1, share: row.share + rarity });
      });
    });
    const needed = judged.filter((_, at) => words[at].whole);
    let found = Array.from(rows.values(), ({ number, score, held, share }) => ({
      number, all: held === judged.length, share: whole ? share / whole : 0, score: whole ? (score * share) / whole : 0,
    })).filter(({ number }) => needed.every(({ scores }) => scores.has(number)) && !excluded.has(number));
    if (found.some((row) => row.all)) found = found.filter((row) => row.all || row.share >= 0.5);
    found.sort((a, b) => b.all - a.all || b.score - a.score || a.number - b.number);
    for (const phrase of asked.phrases) {
      const having = await withPhrase(index, found.map(({ number }) => number), phrase);
      found = found.filter(({ number }) => having.has(number));
    }
    const notes = looked.map(({ found: as, nearest }, at) => ({ word: words[at].forms[0], nearest, found: Boolean(as) }));
    return { index, asked, within, found, excluded, notes, judged, forms: new Set(judged.flatMap((word) => Array.from(word.forms))) };
  }

  async function describe(index, { number, score, all }) {
    const { data, lang } = index;
    const documents = await index.part("docs-" + Math.floor(number / data.chunk));
    const [id, title, summary, other] = documents[number % data.chunk];
    const { kind, pattern } = index.kinds.find((row) => number < row.end);
    const [name, dir] = (other && data.languages[other]) || [];
    return {
      id, kind, title, summary, score, all,
      address: pattern.replace("*", () => encodeURI(id)), lang: other || lang, languageName: name, dir,
    };
  }

  /* Of the words that a document was found by, those that neither its title nor its summary shows, as places in the
   * query: they stand in its text or facts, or it is known by them under another name. */
  function beyond({ number, title, summary, lang }, judged) {
    const shown = new Set(safecities.words(title + " \n " + summary, lang).flat());
    const held = (word) => word.scores.has(number) && !Array.from(word.forms).some((form) => shown.has(form));
    return judged.map((_, at) => at).filter((at) => held(judged[at]));
  }

  /* At most so many of each kind, the kinds in the order in which the best of each was found. */
  function byKind(found, kindOf, each) {
    const groups = new Map();
    for (const entry of found) {
      const kind = kindOf(entry);
      if (!groups.has(kind)) groups.set(kind, []);
      if (groups.get(kind).length < each) groups.get(kind).push(entry);
    }
    return Array.from(groups.values()).flat();
  }

  /* The documents of several answers, each once: a document has the same number in every language. That in the first
   * language goes before, unless another one has all words and it hasn't. What is left out in one language is left out
   * in all. */
  function merge(answers) {
    const best = new Map();
    const excluded = new Set(answers.flatMap((answer) => Array.from(answer.excluded)));
    answers.forEach(({ index, found, notes }, at) => {
      // What only resembles a word in another language is no answer beside one that has the word.
      if (at && answers[0].found.length && notes.some((note, word) => !note.found && (answers[0].notes[word] || {}).found)) return;
      for (const row of found) {
        if (excluded.has(row.number)) continue;
        const held = best.get(row.number);
        if (!held || (row.all && !held.row.all)) best.set(row.number, { index, row });
      }
    });
    const found = Array.from(best.values());
    if (answers.length > 1) found.sort((a, b) => b.row.all - a.row.all || b.row.score - a.row.score);
    return found;
  }

  /* Search: {total, kinds, hits, rest, forms, notes}. Options: lang; others (languages to search as well); kind, limit
   * (all if not given), each (so many of a kind at most, grouped by kind); first: so many hits come at once, the others
   * when rest() is called. A hit: {id, kind, title, summary, address, lang, languageName?, dir?, score, all, beyond}, the
   * address from the site's root, languageName and dir where a page shows a text in another language, beyond the places
   * in the query of words that title and summary don't show; kinds: Map of kind → how many of it there are, that option
   * left out; forms: what to highlight; notes: of each word that stands nowhere {word, nearest: a spelling that does, or
   * null}. */
  safecities.search = async function (base, query, { lang, others = [], kind, limit, each, first = Infinity }) {
    // Of the other languages, one that can't be had is left out.
    const further = others.map((tag) => match(base, query, { lang: tag }).catch(() => null));
    const answers = (await Promise.all([match(base, query, { lang }), ...further])).filter(Boolean);
    const merged = merge(answers);
    const kindOf = ({ index, row }) => index.kinds.find(({ end }) => row.number < end).kind;
    const kinds = new Map();
    for (const entry of merged) kinds.set(kindOf(entry), (kinds.get(kindOf(entry)) || 0) + 1);
    const found = kind ? merged.filter((entry) => kindOf(entry) === kind) : merged;
    const best = found.slice(0, limit);
    const chosen = each ? byKind(best, kindOf, each) : best;
    const describeAll = (some) => Promise.all(some.map(async ({ index, row }) => {
      const hit = await describe(index, row);
      const { judged } = answers.find((answer) => answer.index === index);
      return { ...hit, beyond: beyond({ ...hit, number: row.number }, judged) };
    }));
    const hits = await describeAll(chosen.slice(0, first));
    const rest = () => describeAll(chosen.slice(first));
    // Nobody has typed the pairs of characters that stand for words where there are no spaces.
    const notes = answers[0].notes.filter(({ word }, at) =>
      !safecities.hasNoSpaces(word) && !answers.some((answer) => (answer.notes[at] || {}).found));
    const forms = new Set(answers.flatMap((answer) => Array.from(answer.forms)));
    return { total: found.length, kinds, hits, rest, forms, notes };
  };

  /* The same without titles, for lists: {ranks: Map of a record's number among its kind → its rank, from 0; ranked,
   * notes}. Where words are only left out, all others are found and none is ranked; without any word, ranks is null. */
  safecities.ranks = async function (base, query, options) {
    const { asked, within, found, excluded, notes } = await match(base, query, options);
    const all = found.filter((row) => row.all);
    let numbers = (all.length ? all : found).map(({ number }) => number);
    if (!asked.words.length) {
      if (!asked.without.length && !asked.apart.length) return { ranks: null, ranked: false, notes: [] };
      numbers = Array.from({ length: within.end - within.first }, (_, at) => within.first + at)
        .filter((number) => !excluded.has(number));
    }
    const ranks = new Map(numbers.map((number, rank) => [number - within.first, rank]));
    return { ranks, ranked: asked.words.length > 0, notes: notes.filter((note) => !note.found) };
  };

  /* Load what every search needs, when a reader goes to the box. */
  safecities.warm = function (base, lang) {
    return open(base, lang).catch(() => undefined);
  };
})();
