// Entries with an id and a parent ("" is the head); the order of the list is that of siblings.
// These functions change the list they are given: it is always the copy that an edit works on.
import { ownPart } from "./own_answer.js";
import { testPart } from "./test_answer.js";

/** Return [{one, level, place, all}] from the head down; levels count from 1. */
export function inOrder(entries) {
  const below = new Map();
  for (const one of entries) {
    if (!below.has(one.parent)) below.set(one.parent, []);
    below.get(one.parent).push(one);
  }
  const found = [];
  const push = (parent, level) => {
    const many = below.get(parent) ?? [];
    return many.map((one, at) => ({ one, level, place: at + 1, all: many.length })).reverse();
  };
  const waiting = push("", 1);
  while (waiting.length) {
    const next = waiting.pop();
    found.push(next);
    waiting.push(...push(next.one.id, next.level + 1));
  }
  return found;
}

/** Return an id that no entry has: a letter and the next number. */
export function nextId(letter, entries) {
  const numbers = entries.map((one) => Number(String(one.id).slice(letter.length)) || 0);
  const taken = new Set(entries.map((one) => one.id));
  let number = Math.max(0, ...numbers) + 1;
  while (taken.has(`${letter}${number}`)) number += 1;
  return `${letter}${number}`;
}

export function entryOf(entries, id) {
  return entries.find((one) => one.id === id);
}

export function childrenOf(entries, id) {
  return entries.filter((one) => one.parent === id);
}

/** Return the ids of an entry and of everything below it. */
export function withBelow(entries, id) {
  const found = new Set([id]);
  for (const { one } of inOrder(entries)) if (found.has(one.parent)) found.add(one.id);
  return found;
}

export function putAfter(entries, entry, id) {
  const at = entries.findIndex((one) => one.id === id);
  entries.splice(at < 0 ? entries.length : at + 1, 0, entry);
}

/** Put a new entry between one and what hangs on it. */
export function putBetween(entries, entry, id) {
  for (const one of childrenOf(entries, id)) one.parent = entry.id;
  putAfter(entries, { ...entry, parent: id }, id);
}

/** Take an entry out; what hangs on it moves up one level. */
export function takeOut(entries, id) {
  const gone = entryOf(entries, id);
  for (const one of childrenOf(entries, id)) one.parent = gone.parent;
  entries.splice(entries.indexOf(gone), 1);
}

export function takeOutWhole(entries, id) {
  const gone = withBelow(entries, id);
  const kept = entries.filter((one) => !gone.has(one.id));
  entries.splice(0, entries.length, ...kept);
}

/** Change places with the sibling before (-1) or after (1); returns whether there was one. */
export function swapBy(entries, id, by, among = () => true) {
  const moved = entryOf(entries, id);
  const siblings = childrenOf(entries, moved.parent).filter(among);
  const other = siblings[siblings.indexOf(moved) + by];
  if (!other) return false;
  const [from, to] = [entries.indexOf(moved), entries.indexOf(other)];
  [entries[from], entries[to]] = [other, moved];
  return true;
}

/** Return plain values of any kind as sound entries: ids differ, parents are there, no circle. */
export function soundEntries(given, letter, make) {
  const entries = [];
  for (const raw of Array.isArray(given) ? given : []) {
    const named = typeof raw?.id === "string" && raw.id && !entryOf(entries, raw.id);
    const id = named ? raw.id : nextId(letter, entries);
    entries.push({ ...make(raw ?? {}), id, parent: textOf(raw?.parent) });
  }
  const known = new Set(entries.map((one) => one.id));
  for (const one of entries) if (!known.has(one.parent)) one.parent = "";
  const reached = new Set(inOrder(entries).map(({ one }) => one.id));
  for (const one of entries) if (!reached.has(one.id)) one.parent = "";
  return entries;
}

export function textOf(value) {
  return typeof value === "string" ? value : "";
}

export function textsOf(value) {
  return Array.isArray(value) ? value.filter((one) => typeof one === "string" && one) : [];
}

export function flagOf(value) {
  return typeof value === "boolean" ? value : null;
}

/** Return a why as the contract has it. */
export function soundWhy(raw) {
  return {
    text: textOf(raw.text),
    evidence: textsOf(raw.evidence),
    back_test: flagOf(raw.back_test),
    controllable: flagOf(raw.controllable),
    ...testPart(raw),
    ...ownPart(raw),
  };
}

export function newWhy(entries, parent) {
  return { ...soundWhy({}), id: nextId("n", entries), parent };
}
