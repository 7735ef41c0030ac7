// A company's own data as the editors know them: which tables are at hand, what is in a column.
// Files are read here and handed to Python, which keeps them in memory only.

const LARGEST_TABLE = 8_000_000; // bytes; messages to a kernel end at ten million

/**
 * Return {load, bring, tables, told, values}.
 * @param {{act: (choices: object) => Promise<any>}} inquiry
 * @param {() => void} changed called when something is known that was not
 */
export function ownStore(inquiry, changed) {
  let tables = null;
  let told = [];
  let asked = false;
  let columns = new Map();
  const take = (reply) => {
    if (reply?.tables) {
      tables = reply.tables;
      columns = new Map(); // a file of the same name may hold something else now
    }
    told = reply?.told ?? [];
    changed();
    return reply?.opened ?? "";
  };
  const load = () => {
    if (asked) return;
    asked = true;
    inquiry.act({ act: "own_tables" }).then((reply) => {
      if (!reply) asked = false;
      take(reply);
    });
  };
  const bring = async (file, tooLarge) => {
    if (file.size > LARGEST_TABLE) return take({ told: [tooLarge] });
    asked = true;
    const text = textOfBytes(await file.arrayBuffer());
    return take(await inquiry.act({ act: "own_open", name: file.name, text }));
  };
  const values = (table, column) => {
    const key = JSON.stringify([table, column]);
    if (tables === null || !table || !column) return null;
    if (!columns.has(key)) {
      columns.set(key, null);
      const mine = columns;
      inquiry.act({ act: "own_values", table, column }).then((reply) => {
        mine.set(key, reply?.values ? reply : null);
        if (reply?.told?.length) told = reply.told;
        changed();
      });
    }
    return columns.get(key);
  };
  return { load, bring, values, tables: () => tables, told: () => told };
}

// Exports of Chinese systems are often GB 18030, and say so nowhere.
function textOfBytes(bytes) {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("gb18030").decode(bytes);
  }
}

/** Keep what Python found in the answer itself; it is no edit, so nothing to undo. */
export function keepResults(editor, badges, ownOf) {
  const now = editor.history.now();
  const fresh = Object.entries(badges).filter(([key, one]) => {
    const own = one.result && ownOf(now, key);
    return own && !sameResult(own.result, one.result);
  });
  if (!fresh.length) return;
  editor.amend((draft) => {
    for (const [key, one] of fresh) ownOf(draft, key).result = one.result;
  });
}

function sameResult(one, other) {
  return Boolean(one) && ["ratio", "low", "high", "n"].every((key) => one[key] === other[key]);
}
