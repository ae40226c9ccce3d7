/* One word in the index of a language: as it stands, else as the beginning of words, else with slips of typing, else as
 * another form of a word that is there.
 * In scripts without spaces, where pairs of characters stand for words, a single character is the beginning of pairs,
 * and a slip would be something else altogether.
 * Loads no more shards than it takes. Their layout: scripts/safecities/search/shards.py. */
(function () {
  "use strict";
  const safecities = (window.safecities = window.safecities || {});

  const MOST_SHARDS = 4; // for a word that isn't found as it stands
  const PREFIX_WEIGHT = 0.8;
  const AKIN_WEIGHT = 0.8;
  const LONGEST_ENDING = 4; // letters
  const LONG = 8; // letters; a longer word may have two slips
  const FAR = 7; // letters from which a word with three slips is still offered, though not taken for the same

  async function shard(index, number) {
    const data = await index.part("shard-" + number);
    if (!data.list) unpack(data);
    return data;
  }

  /* A shard as it is needed: list, its forms; groups[i], the places of what list[i] leads to; stems, Map of a stem → the
   * place of its first form; numbers and weights, a text a place. Done once, on the first look into it. */
  function unpack(data) {
    const rows = safecities.rice(data.groups, 2);
    const cuts = safecities.rice(data.cuts);
    const words = data.stems.split(" ");
    let row = 0;
    let next = 0; // the first place that no form has needed yet
    data.list = data.forms.split(" ");
    data.numbers = data.numbers.split(" ");
    data.weights = data.weights.split(" ");
    data.decoded = [];
    data.stems = new Map();
    data.groups = data.list.map((form, at) => {
      const places = [];
      for (let more = true; more; row += 2) {
        more = rows[row];
        places.push(next - rows[row + 1]);
        if (rows[row + 1]) continue;
        data.stems.set(cuts[next] ? form.slice(0, form.length + 1 - cuts[next]) : words.shift(), at);
        next += 1;
      }
      return places;
    });
  }

  /* The place of the first item that doesn't sort before key. */
  function lowerBound(list, key) {
    let low = 0;
    let high = list.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (list[middle] < key) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /* The number of the shard that has a form, if any has. */
  function shardOf(index, form) {
    const at = lowerBound(index.shards, form);
    return index.shards[at] === form ? at : Math.max(0, at - 1);
  }

  async function exact(index, forms) {
    const rows = [];
    for (const form of forms) {
      const data = await shard(index, shardOf(index, form));
      const at = lowerBound(data.list, form);
      if (data.list[at] === form) rows.push({ data, places: [at], weight: 1 });
    }
    return rows;
  }

  async function beginning(index, form) {
    const rows = [];
    if (form.length < 2 && !safecities.isCharacter(form)) return rows;
    const from = shardOf(index, form);
    for (let number = from; number < index.shards.length && number < from + MOST_SHARDS; number += 1) {
      if (number > from && !index.shards[number].startsWith(form)) break;
      const data = await shard(index, number);
      const places = [];
      for (let at = lowerBound(data.list, form); at < data.list.length && data.list[at].startsWith(form); at += 1) {
        places.push(at);
      }
      if (places.length) rows.push({ data, places, weight: PREFIX_WEIGHT });
    }
    return rows;
  }

  /* A word without its last letters that is the stem of others, the longest such one. More letters must remain than
   * are cut off, else too much would be the beginning of something. */
  async function akin(index, form) {
    for (let ending = 0; ending <= LONGEST_ENDING && form.length >= Math.max(3, 2 * ending + 1); ending += 1) {
      const stem = form.slice(0, form.length - ending);
      const rows = [];
      for (const number of new Set([shardOf(index, stem), shardOf(index, form)])) {
        const data = await shard(index, number);
        if (data.stems.has(stem)) rows.push({ data, places: [data.stems.get(stem)], weight: AKIN_WEIGHT });
      }
      if (rows.length) return rows;
    }
    return [];
  }

  /* Edits from a to b, two neighbours swapped being one (optimal string alignment); more than most is most + 1. */
  function distance(a, b, most) {
    if (Math.abs(a.length - b.length) > most) return most + 1;
    let before = [];
    let last = Array.from({ length: b.length + 1 }, (_, j) => j);
    for (let i = 1; i <= a.length; i += 1) {
      const row = [i];
      let least = i;
      for (let j = 1; j <= b.length; j += 1) {
        const same = a[i - 1] === b[j - 1];
        let cost = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (same ? 0 : 1));
        if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) cost = Math.min(cost, before[j - 2] + 1);
        row.push(cost);
        if (cost < least) least = cost;
      }
      if (least > most) return most + 1;
      before = last;
      last = row;
    }
    return last[b.length];
  }

  /* Forms that are one slip away, or two if the word is long, or as many as are allowed; of several only the nearest. */
  async function similar(index, form, allowed = form.length > LONG ? 2 : 1) {
    if (form.length < 4) return [];
    const swapped = form[1] + form[0] + form.slice(2);
    // A slip in the first letters leads to another shard.
    const starts = [form, swapped, form.slice(1), form[0] + form.slice(2)];
    const numbers = new Set(starts.map((start) => shardOf(index, start)));
    for (let number = 0; index.shards.length <= MOST_SHARDS && number < index.shards.length; number += 1) {
      numbers.add(number);
    }
    let most = allowed;
    let rows = [];
    for (const number of numbers) {
      const data = await shard(index, number);
      const row = { data, places: [], weight: 0 };
      data.list.forEach((other, at) => {
        const edits = distance(form, other, most);
        if (edits > most) return;
        if (edits < most || !rows.length) {
          // Nothing is nearer than this so far: what was found farther away goes.
          most = edits;
          rows = [row];
          row.places = [];
        } else if (!rows.includes(row)) {
          rows.push(row);
        }
        row.weight = 1 / (1 + edits);
        row.places.push(at);
      });
    }
    return rows;
  }

  /* Of several forms the one that most is written with. */
  function commonest(rows) {
    let best = { form: null, size: -1 };
    for (const { data, places } of rows) {
      for (const at of places) {
        const size = data.groups[at].reduce((sum, group) => sum + data.numbers[group].length, 0);
        if (size > best.size) best = { form: data.list[at], size };
      }
    }
    return best.form;
  }

  /* How a word is found: {rows: [{data: a shard, places: of forms in it, weight}], nearest}. Of the word the index
   * knows several forms at times. Options: unfinished, for a word that may be the beginning of one still being typed;
   * whole, for one that counts only as it stands. Where it doesn't stand anywhere, nearest is the nearest spelling,
   * which rows then hold unless it is too far away to be taken for the same. */
  safecities.lookup = async function (index, forms, { unfinished, whole } = {}) {
    if (!index.shards.length) return { rows: [], nearest: null };
    let rows = await exact(index, forms);
    if (safecities.isCharacter(forms[0]) || (!rows.length && unfinished)) {
      rows = rows.concat(await beginning(index, forms[0]));
    }
    if (rows.length) return { rows, found: true };
    if (safecities.hasNoSpaces(forms[0])) return { rows, nearest: null };
    const near = await similar(index, forms[0]);
    if (near.length) return { rows: whole ? [] : near, nearest: commonest(near) };
    if (!whole) rows = await akin(index, forms[0]);
    if (rows.length) return { rows, found: true };
    const far = forms[0].length >= FAR ? await similar(index, forms[0], 3) : [];
    return { rows, nearest: commonest(far) };
  };
})();
