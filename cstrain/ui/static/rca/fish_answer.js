// A fishbone as plain values: read from anything, and what of it is worth keeping.
import { childrenOf, flagOf, inOrder, nextId, soundEntries, soundWhy, textOf, textsOf } from "./entries.js";
import { soundTest } from "./test_answer.js";

const HEAD = ["statement", "metric", "value", "standard"];
const RATINGS = [1, 5];

/** Return a plain value of any kind as a fishbone. */
export function soundFishbone(given, schemes) {
  const scheme = schemes.some((one) => one.key === given?.scheme) ? given.scheme : schemes[0].key;
  const categories = (Array.isArray(given?.categories) ? given.categories : [])
    .filter((one) => textOf(one?.id))
    .map((one) => ({ id: one.id, name: textOf(one.name) }));
  const causes = soundEntries(given?.causes, "c", soundCause);
  return {
    head: Object.fromEntries(HEAD.map((key) => [key, textOf(given?.head?.[key])])),
    scheme,
    categories: categories.length ? categories : bonesOf(scheme, schemes),
    causes: onBonesOfParents(causes),
    whys: soundWhys(given?.whys, causes),
    measures: soundEntries(given?.measures, "m", soundMeasure).map(({ parent, ...one }) => one),
  };
}

export function bonesOf(scheme, schemes) {
  return schemes.find((one) => one.key === scheme).bones.map((one) => ({ id: one.key, name: "" }));
}

function soundCause(raw) {
  return {
    category: textOf(raw.category),
    text: textOf(raw.text),
    votes: Number.isInteger(raw.votes) && raw.votes > 0 ? raw.votes : 0,
    top: raw.top === true,
    evidence: textsOf(raw.evidence),
    test: raw.test && typeof raw.test === "object" ? soundTest(raw.test) : null,
  };
}

function soundMeasure(raw) {
  const rating = (value) => (Number.isInteger(value) && value >= RATINGS[0] && value <= RATINGS[1] ? value : null);
  return {
    text: textOf(raw.text),
    cause: textOf(raw.cause),
    impact: rating(raw.impact),
    effort: rating(raw.effort),
    owner: textOf(raw.owner),
    chosen: flagOf(raw.chosen) === true,
  };
}

function onBonesOfParents(causes) {
  const at = new Map();
  for (const { one } of inOrder(causes)) {
    if (one.parent) one.category = at.get(one.parent);
    at.set(one.id, one.category);
  }
  return causes;
}

function soundWhys(given, causes) {
  const known = new Set(causes.map((one) => one.id));
  const pairs = Object.entries(given && typeof given === "object" ? given : {});
  const kept = pairs.filter(([key]) => known.has(key));
  return Object.fromEntries(kept.map(([key, nodes]) => [key, soundEntries(nodes, "n", soundWhy)]));
}

export function newCause(causes, category, parent = "") {
  return { ...soundCause({}), id: nextId("c", causes), category, parent };
}

export function newMeasure(measures, cause = "") {
  return { ...soundMeasure({}), id: nextId("m", measures), cause };
}

/** Return the fishbone without its empty lines, undefined while nothing is written. */
export function keptFishbone(now) {
  const causes = now.causes.filter(
    (one) => one.text.trim() || childrenOf(now.causes, one.id).length || isDug(now.whys[one.id]),
  );
  const measures = now.measures.filter((one) => one.text.trim());
  if (!causes.length && !measures.length && !Object.values(now.head).some((one) => one.trim())) return undefined;
  const kept = new Set(causes.map((one) => one.id));
  const whys = Object.entries(now.whys).filter(([key, nodes]) => kept.has(key) && isDug(nodes));
  const known = (one) => ({ ...one, cause: kept.has(one.cause) ? one.cause : "" });
  return { ...now, causes, whys: Object.fromEntries(whys), measures: measures.map(known) };
}

export function isDug(nodes) {
  return Boolean(nodes?.some((one) => one.text.trim()));
}

/** Return the number of levels that are written below a cause. */
export function dugDepth(nodes) {
  const levels = inOrder(nodes ?? []).map(({ one, level }) => (one.text.trim() ? level : 0));
  return Math.max(0, ...levels);
}

/** Return what impact and effort come to, null while one is open. */
export function ratioOf(measure) {
  return measure.impact && measure.effort ? measure.impact / measure.effort : null;
}
