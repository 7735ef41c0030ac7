// Slips in a query for the book's search: a letter too many, too few or wrong, a wrong character in
// a Chinese term. Pure functions; a classic script, as search.js is, which uses cstrainMender.
(() => {
  const HAN = /^\p{Script=Han}/u;
  const NEAR = { least: 4, long: 8 }; // letters of a Latin word that may be mistyped: once, twice
  const RUN = 3; // characters of a Chinese term that may have a wrong one

  function mender({ fold, latin, stop, longStop, forms, occurs, isKnown, termsOf }) {
    // The query with one slip mended in each word that the book does not know; "" for no idea.
    function suggest(query) {
      let made = fold(query);
      const taken = termsOf(query);
      for (const hit of [...made.matchAll(/[\p{Script=Latin}]+|\p{Script=Han}+/gu)].reverse()) {
        const mended = HAN.test(hit[0]) ? mendHan(hit[0], taken) : mendLatin(hit[0]);
        if (mended) {
          made = `${made.slice(0, hit.index)}${mended}${made.slice(hit.index + hit[0].length)}`;
        }
      }
      return made === fold(query) ? "" : made;
    }

    function mendLatin(word) {
      const begins = [...latin.keys()].some((one) => one.startsWith(word));
      if (begins || isKnown(word) || word.length < NEAR.least || stop.has(word)) return "";
      const most = word.length >= NEAR.long ? 2 : 1;
      const near = [...latin]
        .filter(([one]) => Math.abs(one.length - word.length) <= most && !/\d/.test(one))
        .map(([one, often]) => ({ one, often, away: distance(one, word) }))
        .filter(({ away }) => away <= most);
      near.sort((a, b) => a.away - b.away || b.often - a.often || (a.one < b.one ? -1 : 1));
      return near[0]?.one ?? "";
    }

    function mendHan(run, taken) {
      if (run.length <= 6 && occurs(run)) return "";
      const known = [...taken.filter((form) => HAN.test(form)), ...longStop];
      const open = known.reduce((rest, one) => rest.replaceAll(one, "|".repeat(one.length)), run);
      let best = { length: 0 };
      for (const form of forms.filter((one) => /^\p{Script=Han}+$/u.test(one))) {
        if (form.length < RUN || form.length <= best.length) continue;
        for (const size of [form.length, form.length - 1, form.length + 1]) {
          for (let at = 0; at + size <= open.length; at += 1) {
            const part = open.slice(at, at + size);
            if (size < RUN || part.includes("|") || distance(part, form) !== 1) continue;
            best = { length: form.length, at, size, form };
          }
        }
      }
      if (!best.form) return "";
      return run.slice(0, best.at) + best.form + run.slice(best.at + best.size);
    }

    return suggest;
  }

  // How many letters must be added, left out, replaced or swapped to get from one word to another.
  function distance(one, other) {
    let before = [];
    let last = [...Array(other.length + 1).keys()];
    for (let i = 1; i <= one.length; i += 1) {
      const row = [i];
      for (let j = 1; j <= other.length; j += 1) {
        const cost = one[i - 1] === other[j - 1] ? 0 : 1;
        row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + cost);
        const swapped = i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1];
        if (swapped) row[j] = Math.min(row[j], before[j - 2] + 1);
      }
      before = last;
      last = row;
    }
    return last[other.length];
  }

  globalThis.cstrainMender = mender;
})();
