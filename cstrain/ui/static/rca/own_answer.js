// A test before own data as a plain value; Python's own_test.py says what its keys mean.
import { textOf, textsOf } from "./entries.js";

const MOST_STRATA = 2;
const WAYS = ["is", "from", "upto"];

export function blankOwn() {
  return { table: "", exposure: soundPick(), outcome: soundPick(), strata: [], result: null };
}

/** Return a plain value of any kind as a test, null for nothing. */
export function soundOwn(raw) {
  if (!raw || typeof raw !== "object") return null;
  return {
    table: textOf(raw.table),
    exposure: soundPick(raw.exposure),
    outcome: soundPick(raw.outcome),
    strata: [...new Set(textsOf(raw.strata))].slice(0, MOST_STRATA),
    result: soundResult(raw.result),
  };
}

function soundPick(raw) {
  return { column: textOf(raw?.column), how: WAYS.includes(raw?.how) ? raw.how : "is", value: textOf(raw?.value) };
}

function soundResult(raw) {
  if (!raw || typeof raw !== "object") return null;
  const number = (value) => (Number.isFinite(value) ? value : null);
  return { day: textOf(raw.day), ratio: number(raw.ratio), low: number(raw.low), high: number(raw.high), n: number(raw.n) ?? 0 };
}

/** Return {own} for an entry that has one, nothing for any other: most have none. */
export function ownPart(raw) {
  const own = soundOwn(raw?.own);
  return own ? { own } : {};
}
