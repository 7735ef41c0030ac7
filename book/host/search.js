// The book's search: pure functions from data and a query to results, without a page.
// A classic script, for pages opened from a disk can load no module: it sets cstrainSearcher, which
// needs cstrainMender of mend.js.
(() => {
  const TOKEN = /\p{Script=Han}|[\p{Script=Latin}\p{N}]+|[.,;:!?|()。，、；：！？（）“”]/gu;
  const HAN = /^\p{Script=Han}/u;
  const BETWEEN = /(?<=\p{Script=Han})\s+(?=\p{Script=Han})/gu;
  const EDGE = /[\s。，；：、]|[.,;:](?!\d)/gu; // where a snippet may begin and end
  const NEARBY = 12; // characters in which such a place is looked for
  const INITIALS = /(?<![\p{L}\p{N}])(?:\p{Script=Latin}\.){2,}/gu; // S.M.A.R.T. is SMART
  const STOP_SIGN = /^[^\p{L}\p{N}]/u;
  // British and American spellings of a word become the same.
  const SPELLINGS = [
    [/^programme(s?)$/, "program$1"],
    [/centre(s?|d)$/, "center$1"],
    [/([a-z]{2})is(e|es|ed|ing|er|ers|ation|ations)$/, "$1iz$2"],
    [/([a-z]{3})our(s|ed|ing|ite|al|able|less|ful)?$/, "$1or$2"],
    [/ll(ed|ing|er|ers|ment)$/, "l$1"],
    [/ence(s?)$/, "ense$1"],
    [/judgement/, "judgment"],
  ];
  // What a hit counts: in a title, as a whole title, in the text, as the entry of a term (or of one
  // of which a part is asked for), in the title of the page; what all words in their order add; and
  // the share that the opening of a lesson keeps, which names everything and explains nothing.
  const WORTH = { title: 12, whole: 30, text: 2, own: 45, part: 15, page: 3 };
  Object.assign(WORTH, { phrase: 6, opening: 0.8 });
  const BEST_KIND = { kpi: 1.05 }; // of a KPI, the card says more than the entry
  const MOST_REPEATS = 6;

  function searcher(data, Stemmer) {
    const stemmer = new Stemmer();
    const stems = new Map();

    const plain = (word) => SPELLINGS.reduce((made, [from, to]) => made.replace(from, to), word);
    const fold = (text) =>
      text.normalize("NFKC").normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
    const stemOf = (word) => {
      if (!stems.has(word)) {
        const usual = plain(word);
        stems.set(word, usual.length > 3 ? stemmer.stemWord(usual) : usual);
      }
      return stems.get(word);
    };

    const stop = new Set(data.stop.flatMap((word) => [word, stemOf(word)]));
    const longStop = data.stop.filter((word) => HAN.test(word) && word.length > 1);

    // The text as it is compared: Latin words as stems between blanks, Chinese as it is, "|" where
    // a sentence breaks. With `places`, where each part stands in the text.
    function comparable(text, places) {
      let made = " ";
      for (const hit of text.matchAll(TOKEN)) {
        let part;
        if (HAN.test(hit[0])) part = hit[0];
        else if (STOP_SIGN.test(hit[0])) part = "|";
        else part = `${made.endsWith(" ") ? "" : " "}${stemOf(fold(hit[0]))} `;
        places?.push([made.length, hit.index, hit.index + hit[0].length]);
        made += part;
      }
      return made;
    }

    const entries = data.entries.map((one) => ({
      ...one,
      head: comparable(one.title),
      body: comparable(one.text),
      above: comparable(one.page),
      isLesson: !("same" in one),
    }));
    const usual = entries.reduce((sum, one) => sum + one.body.length, 0) / entries.length;
    for (const one of entries) one.thin = 2 / (1 + Math.sqrt(Math.max(1, one.body.length / usual)));
    const groups = data.same.map((forms) =>
      [...new Set(forms.map((form) => tight(comparable(form))))].filter((form) => form.trim()),
    );
    const vocabulary = new Set(data.words);
    const latin = countWords();

    function countWords() {
      const found = new Map();
      const texts = data.entries.flatMap((one) => [one.title, one.text]);
      for (const text of [...texts, ...data.same.flat()]) {
        for (const hit of text.matchAll(/[\p{Script=Latin}\p{N}]+/gu)) {
          const word = fold(hit[0]);
          found.set(word, (found.get(word) ?? 0) + 1);
        }
      }
      return found;
    }

    // Blanks stand at the ends of Latin words only, so that Chinese is found inside Chinese.
    function tight(form) {
      return form.replace(/^ (?=\p{Script=Han})/u, "").replace(/(?<=\p{Script=Han}) $/u, "");
    }

    const occurs = (needle) =>
      entries.some((one) => one.head.includes(needle) || one.body.includes(needle));

    // What a query asks for: a list of things, each with all the ways it may be written.
    function concepts(query) {
      const letters = query.replace(INITIALS, (one) => one.replaceAll(".", ""));
      const asked = comparable(letters.replace(BETWEEN, "|"));
      const taken = termsIn(asked);
      const whole = tight(asked);
      const half = taken.length || whole.includes("|") ? [] : groupsWith(whole);
      if (half.length && !occurs(whole)) return [{ groups: [], half, ways: [whole] }];
      const found = taken.map((one) => conceptOf(one, asked));
      let rest = asked;
      for (const { at, form } of taken) {
        rest = `${rest.slice(0, at)}${"|".repeat(form.length)}${rest.slice(at + form.length)}`;
      }
      const words = rest.split(/[\s|]+|(?<=\p{Script=Han})(?=[^\p{Script=Han}])/u).filter(Boolean);
      const cut = words.flatMap((word) => (HAN.test(word) ? cutHan(word) : [word]));
      const said = cut.filter((word) => !stop.has(word));
      const kept = said.length || found.length ? said : cut;
      const long = kept.filter((word) => word.length > 1 || !HAN.test(word));
      for (const word of long.length || found.length ? long : kept) {
        const way = HAN.test(word) ? word : ` ${word} `;
        const ways = HAN.test(word) ? [word] : latinWays(word);
        found.push({ groups: [], half: groupsWith(way), ways, word });
      }
      return found;
    }

    // The terms of which something is a part.
    function groupsWith(part) {
      if (part.trim().length < 2) return [];
      return groups.flatMap((forms, at) => (forms.some((one) => one.includes(part)) ? [at] : []));
    }

    // The terms in a query, the longest first where they overlap; a form may belong to several.
    function termsIn(asked) {
      const hits = [];
      groups.forEach((forms, group) => {
        for (const form of forms) {
          const at = stop.has(form.trim()) ? -1 : asked.indexOf(form);
          if (at >= 0) hits.push({ groups: [group], form, at, end: at + form.trimEnd().length });
        }
      });
      hits.sort((a, b) => b.form.length - a.form.length || a.at - b.at);
      const taken = [];
      for (const hit of hits) {
        const same = taken.find((one) => one.at === hit.at && one.form === hit.form);
        const isFree = taken.every((one) => hit.end <= one.at + 1 || one.end <= hit.at);
        if (same) same.groups.push(...hit.groups);
        else if (isFree) taken.push(hit);
      }
      return taken.sort((a, b) => a.at - b.at);
    }

    // A term with all its ways; with one more character that stands elsewhere too, it is that word.
    function conceptOf({ form, at, groups: own }, asked) {
      let [from, to] = [at, at + form.length];
      while (HAN.test(asked[from - 1] ?? "")) from -= 1;
      while (HAN.test(asked[to] ?? "")) to += 1;
      const run = withoutStop(asked.slice(from, to));
      const isOneMore = HAN.test(form) && run.length === form.length + 1 && run.includes(form);
      if (isOneMore && occurs(run)) return { groups: [], half: own, ways: [run] };
      return { groups: own, half: [], ways: [...new Set([form, ...own.flatMap((one) => groups[one])])] };
    }

    // A run of Chinese that stands somewhere is one thing; another is cut by the longest words.
    function cutHan(whole) {
      const run = withoutStop(whole);
      if (run.length > 1 && run.length <= 6 && !stop.has(run) && occurs(run)) return [run];
      const found = [];
      let lone = ""; // characters in a row that begin no known word
      const close = () => {
        if (lone.length > 1) found.push(lone);
        lone = "";
      };
      for (let at = 0; at < run.length; ) {
        let end = run.length;
        while (end > at + 1 && !vocabulary.has(run.slice(at, end)) && !stop.has(run.slice(at, end)))
          end -= 1;
        const word = run.slice(at, end);
        if (word.length === 1 && !stop.has(word)) lone += word;
        else close();
        if (word.length > 1) found.push(word);
        at = end;
      }
      close();
      return found.some((word) => !stop.has(word)) ? found : [run];
    }

    function withoutStop(run) {
      for (const word of longStop) {
        if (run.length <= word.length) continue;
        if (run.startsWith(word)) return withoutStop(run.slice(word.length));
        if (run.endsWith(word)) return withoutStop(run.slice(0, -word.length));
      }
      return run;
    }

    // The word itself, else all words that begin with it.
    function latinWays(word) {
      if (occurs(` ${word} `) || word.length < 2) return [` ${word} `];
      const begin = [...latin.keys()].filter((one) => plain(one).startsWith(word));
      return begin.length ? [...new Set(begin.map((one) => ` ${stemOf(one)} `))] : [` ${word} `];
    }

    function count(text, needle) {
      let found = 0;
      for (let at = text.indexOf(needle); at >= 0 && found < MOST_REPEATS; found += 1) {
        at = text.indexOf(needle, at + needle.length);
      }
      return found;
    }

    function scoreOf(entry, concept) {
      let best = 0;
      const isOwn = concept.groups.includes(entry.same);
      for (const way of concept.ways) {
        const inHead = entry.head.includes(way);
        const isWhole = inHead && !isOwn && entry.head.trim() === way.trim();
        const often = WORTH.text * entry.thin * Math.sqrt(count(entry.body, way));
        best = Math.max(best, (isWhole ? WORTH.whole : 0) + (inHead ? WORTH.title : 0) + often);
      }
      if (isOwn) best += WORTH.own;
      else if (concept.half.includes(entry.same)) best += WORTH.part;
      return best * (BEST_KIND[entry.kind] ?? 1);
    }

    // Results for a query, best first. `all` says whether some page has all that was asked for.
    function find(query) {
      const asked = concepts(query);
      if (!asked.length) return { results: [], all: true, asked };
      const table = entries.map((entry) => asked.map((one) => scoreOf(entry, one)));
      const rare = asked.map((_, place) => {
        const often = table.filter((row) => row[place] > 0).length;
        return Math.log(1 + entries.length / (1 + often));
      });
      const byPage = new Map();
      entries.forEach((entry, at) => {
        const page = entry.url.split("#")[0];
        const seen = byPage.get(page) ?? asked.map(() => false);
        byPage.set(page, seen.map((one, place) => one || table[at][place] > 0));
      });
      const phrase = tight(comparable(query));
      const found = entries.flatMap((entry, at) => {
        if (!table[at].some((one) => one > 0)) return [];
        // What the title of the page says holds for each of its sections.
        const row = table[at].map((one, place) => {
          const above = entry.isLesson && asked[place].ways.some((way) => entry.above.includes(way));
          return one || (above ? WORTH.page : 0);
        });
        const share = row.filter((one) => one > 0).length / asked.length;
        const together = entry.isLesson && byPage.get(entry.url.split("#")[0]).every(Boolean);
        let score = row.reduce((sum, one, place) => sum + one * rare[place], 0);
        if (asked.length > 1 && `${entry.head}|${entry.body}`.includes(phrase)) {
          score += WORTH.phrase * rare.reduce((sum, one) => sum + one, 0);
        }
        const isOwn = asked.some((one) => one.groups.includes(entry.same));
        const isSection = entry.url.includes("#");
        score *= share ** 2 * (isSection || asked.length === 1 ? 1 : WORTH.opening);
        return [{ entry, score, fits: share === 1 || together, isOwn }];
      });
      const all = found.some((one) => one.fits);
      const best = all ? found.filter((one) => one.fits || one.isOwn) : found;
      best.sort((a, b) => b.score - a.score);
      return { results: best.map((one) => one.entry), all, asked };
    }

    // The parts of a text around what was asked for: [text, isHit] pairs.
    function snippet(text, asked, most) {
      const places = [];
      const line = comparable(text, places);
      const marks = [];
      for (const way of asked.flatMap((one) => one.ways)) {
        for (let at = line.indexOf(way); at >= 0; at = line.indexOf(way, at + way.length)) {
          const inside = places.filter(([from]) => from >= at && from < at + way.trimEnd().length);
          if (inside.length) marks.push([inside[0][1], inside.at(-1)[2]]);
        }
      }
      marks.sort((a, b) => a[0] - b[0] || b[1] - a[1]);
      return cutOut(text, marks, most);
    }

    const termsOf = (query) => termsIn(comparable(query)).map((one) => one.form);
    const isKnown = (word) => occurs(` ${stemOf(word)} `);
    const forms = groups.flat();
    const about = { fold, latin, stop, longStop, forms, occurs, isKnown, termsOf };
    return { find, snippet, suggest: globalThis.cstrainMender(about) };
  }

  // The stretch of at most `most` characters with the most marks in it.
  function cutOut(text, marks, most) {
    let begin = 0;
    if (text.length > most && marks.length) {
      const fits = (from) => marks.filter(([a, b]) => a >= from && b <= from + most).length;
      const starts = marks.map(([a]) => Math.max(0, a - Math.round(most / 5)));
      begin = starts.reduce((best, from) => (fits(from) > fits(best) ? from : best), starts[0]);
      const edges = [...text.slice(Math.max(0, begin - NEARBY), begin).matchAll(EDGE)];
      if (begin > 0 && edges.length) begin = Math.max(0, begin - NEARBY) + edges.at(-1).index + 1;
    }
    let end = Math.min(text.length, begin + most);
    const [edge] = text.slice(end, end + NEARBY).matchAll(EDGE);
    if (end < text.length && edge) end += edge.index;
    const parts = [];
    let at = begin;
    for (const [from, to] of marks) {
      if (from < at || to > end) continue;
      if (from > at) parts.push([text.slice(at, from), false]);
      parts.push([text.slice(from, to), true]);
      at = to;
    }
    if (at < end) parts.push([text.slice(at, end), false]);
    if (begin > 0) parts.unshift(["…", false]);
    if (end < text.length) parts.push(["…", false]);
    return parts;
  }

  globalThis.cstrainSearcher = searcher;
})();
