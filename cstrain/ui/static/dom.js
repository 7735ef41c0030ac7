// Small helpers for elements, ids and plain values; the rest of the frame builds on them.

const PAGE_PART = Math.random().toString(36).slice(2, 8);
let serial = 0;

/** Return an id that no other element of the page has, not even one of another bundle. */
export function uid(prefix) {
  serial += 1;
  return `c${PAGE_PART}-${prefix}${serial}`;
}

/** Make an element: h("p", { class: "x", onclick: f }, "text", child). */
export function h(tag, props = {}, ...children) {
  const el = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) setProp(el, name, value);
  el.append(...children.flat().filter((one) => one !== null && one !== undefined && one !== false));
  return el;
}

function setProp(el, name, value) {
  if (value === null || value === undefined || value === false) return;
  if (name.startsWith("on")) el.addEventListener(name.slice(2), value);
  else if (name === "value" || name === "checked") el[name] = value;
  else el.setAttribute(name, value === true ? "" : String(value));
}

/** Put HTML that Python made and escaped into an element; nothing else may come here. */
export function trusted(el, html) {
  el.innerHTML = html ?? "";
  el.querySelectorAll("table").forEach(reachable);
  return el;
}

// A table wider than its place scrolls in its own box, and a keyboard has to get there.
function reachable(table) {
  new ResizeObserver(() => {
    if (table.scrollWidth > table.clientWidth) table.tabIndex = 0;
    else table.removeAttribute("tabindex");
  }).observe(table);
}

const KEPT = new Set(["Q", "STRONG", "EM", "CODE"]);

/** Return a sentence as nodes: quotations and emphasis are kept, any other markup is text. */
export function sentence(text) {
  const parsed = new DOMParser().parseFromString(String(text ?? ""), "text/html").body;
  const done = document.createDocumentFragment();
  for (const node of parsed.childNodes) done.append(harmless(node));
  return done;
}

function harmless(node) {
  if (node.nodeType === Node.TEXT_NODE) return node.data;
  if (!KEPT.has(node.nodeName)) return node.outerHTML ?? "";
  const el = document.createElement(node.nodeName);
  el.append(...[...node.childNodes].map(harmless));
  return el;
}

/** Call back when the learner typed; while an input method composes, nothing is called. */
export function onTyped(el, callback) {
  el.addEventListener("input", (event) => event.isComposing || callback());
  el.addEventListener("compositionend", () => callback());
}

/** Write a value into an input only when it differs, so that the caret stays. */
export function setValue(input, value) {
  const text = value === null || value === undefined ? "" : String(value);
  if (input.value !== text) input.value = text;
}

/** Return plain JSON with sorted keys and without blanks: equal answers give equal text. */
export function canonical(value) {
  return JSON.stringify(sorted(value)) ?? "";
}

function sorted(value) {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== "object") return value;
  const keys = Object.keys(value).filter((key) => !isBlank(value[key]));
  return Object.fromEntries(keys.sort().map((key) => [key, sorted(value[key])]));
}

/** Return whether a value counts as nothing filled in. */
export function isBlank(value) {
  if (value === null || value === undefined) return true;
  if (typeof value === "string") return value.trim() === "";
  if (Array.isArray(value)) return value.every(isBlank);
  return typeof value === "object" && Object.values(value).every(isBlank);
}

/** Return a function that gives the word for a key; a missing key is an error. */
export function makeSay(words) {
  return (key, values = {}) => {
    if (!(key in words)) throw new Error(`words.${key}`);
    return words[key].replace(/\{(\w+)\}/g, (all, name) => values[name] ?? all);
  };
}

/**
 * Keep keys pressed in this element from JupyterLab, where a letter is a command ("d d" deletes
 * the cell). JupyterLab looks for the mark at the focused element first, so each one needs it.
 */
export function keepKeys(root) {
  root.addEventListener("focusin", (event) => {
    event.target.setAttribute("data-lm-suppress-shortcuts", "true");
  });
}

/** Return a number as people write it: 9.5, 12. */
export function shownNumber(number) {
  return String(Math.round(number * 100) / 100);
}

/** Return whether movement should be avoided. */
export function prefersCalm() {
  return matchMedia("(prefers-reduced-motion: reduce)").matches;
}

/** Make a button with a visible word. */
export function button(text, onclick, props = {}) {
  return h("button", { type: "button", class: "c-button", onclick, ...props }, text);
}
