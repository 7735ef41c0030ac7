// What was chosen to put a cause before the data of a case, as a plain value; a test before own
// data may stand inside it.
import { textOf } from "./entries.js";
import { ownPart } from "./own_answer.js";

export function soundTest(raw) {
  const texts = ["case", "factor", "rows", "strata"].map((key) => [key, textOf(raw?.[key])]);
  return { ...Object.fromEntries(texts), ...ownPart(raw) };
}

/** Return {test} for a why that has one, nothing for any other: most have none. */
export function testPart(raw) {
  return raw?.test && typeof raw.test === "object" ? { test: soundTest(raw.test) } : {};
}
