// Things in an order: buttons up and down, and dragging.
import { h } from "../dom.js";
import { makeDraggable } from "../drag.js";

/** The shape `order`. */
export const orderShape = {
  create(field, value, ui) {
    const el = h("ol", { class: "c-order", "aria-labelledby": ui.labelId });
    const state = { el, ui, all: field.items.map((one) => one.key), touched: false };
    const items = new Map(field.items.map((one) => [one.key, orderItem(one, state)]));
    state.items = items;
    const set = (given) => {
      state.touched = isWhole(given, state.all);
      arrange(state, state.touched ? given : state.all);
    };
    set(value);
    return {
      el,
      value: () => (state.touched ? keysNow(state) : undefined),
      set,
      part: (key) =>
        key === null ? { controls: [el] } : partOf(items.get(key)),
    };
  },
};

function isWhole(given, all) {
  return Array.isArray(given) && [...given].sort().join() === [...all].sort().join();
}

function partOf(item) {
  return item ? { slot: item.slot, controls: [] } : null;
}

function orderItem(item, state) {
  const step = (way, by) => {
    const text = state.ui.say(way);
    const props = { type: "button", class: "c-icon", onclick: () => moveBy(state, item.key, by) };
    const made = h("button", props, h("span", { "aria-hidden": "true" }, by < 0 ? "↑" : "↓"));
    made.setAttribute("aria-label", `${text} ${item.label}`);
    return made;
  };
  const grip = h("span", { class: "c-grip", "aria-hidden": "true" });
  const slot = h("div", { class: "c-slot" });
  const up = step("move_up", -1);
  const down = step("move_down", 1);
  const row = h("div", { class: "c-order-row" }, grip, h("span", { class: "c-grow" }, item.label), up, down);
  const el = h("li", { "data-key": item.key }, row, slot);
  makeDraggable(el, grip, {
    zones: () => [...state.el.children],
    drop: (zone) => moveTo(state, item.key, [...state.el.children].indexOf(zone)),
  });
  return { el, slot, up, down, label: item.label };
}

function keysNow(state) {
  return [...state.el.children].map((one) => one.dataset.key);
}

function arrange(state, keys) {
  const focused = document.activeElement;
  state.el.append(...keys.map((key) => state.items.get(key).el));
  if (focused && state.el.contains(focused)) focused.focus();
  keys.forEach((key, at) => {
    const item = state.items.get(key);
    item.up.setAttribute("aria-disabled", String(at === 0));
    item.down.setAttribute("aria-disabled", String(at === keys.length - 1));
  });
}

function moveBy(state, key, by) {
  const at = keysNow(state).indexOf(key) + by;
  if (at >= 0 && at < state.all.length) moveTo(state, key, at);
}

function moveTo(state, key, place) {
  const held = document.activeElement;
  const keys = keysNow(state).filter((one) => one !== key);
  keys.splice(place, 0, key);
  state.touched = true;
  arrange(state, keys);
  if (held && state.el.contains(held)) held.focus();
  const { label } = state.items.get(key);
  state.ui.announce(state.ui.say("moved_to", { item: label, place: place + 1, all: keys.length }));
  state.ui.changed();
}
