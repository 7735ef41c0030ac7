"""Chinese search: the query is cut the way the index was.

Sphinx cuts the pages into words with jieba but leaves the query whole, so that only single words
are found. Here the browser cuts the query by longest match against the words of the index, and
jieba knows the terms of the course.
"""

from __future__ import annotations

import csv
from typing import Final

import jieba  # type: ignore[import-untyped]
from sphinx.search.zh import SearchChinese

from cstrain.library.toml_file import CONTENT

# The browser's part: what no word of the index explains is left out, unless nothing is known.
_SPLIT_QUERY: Final = """
function splitQuery(query) {
  const index = Search._index;
  const known = new Set([...Object.keys(index.terms), ...Object.keys(index.titleterms)]);
  const cut = (run) => {
    const found = [];
    for (let at = 0; at < run.length; ) {
      let end = run.length;
      while (end > at && !known.has(run.slice(at, end))) end -= 1;
      if (end > at) found.push(run.slice(at, end));
      at = Math.max(end, at + 1);
    }
    return found.length ? found : [run];
  };
  const isHan = (text) => /[\\u3400-\\u9fff]/.test(text);
  const runs = query.toLowerCase().split(/([\\u3400-\\u9fff]+)|[^\\p{L}\\p{N}_]+/u);
  return runs.filter(Boolean).flatMap((run) => (isHan(run) ? cut(run) : [run]));
}
"""


class ChineseSearch(SearchChinese):
    """Sphinx's Chinese index with the course's terms, and a query that is cut like it."""

    js_splitter_code = _SPLIT_QUERY

    def init(self, options: dict[str, str]) -> None:
        """Teach jieba the terms of the glossary."""
        super().init(options)
        with (CONTENT / "glossary.csv").open(encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines):
                jieba.add_word(row["zh"])
