// Cards into groups. Many groups a card: toggle buttons. One group: a menu on the card, or a drag.
import { h, setValue, uid } from "../dom.js";
import { makeDraggable } from "../drag.js";

/** The shape `sort`. */
export const sortShape = {
  create(field, value, ui) {
    return field.many ? sortMany(field, value, ui) : sortSingle(field, value, ui);
  },
};

function sortMany(field, value, ui) {
  const count = h("p", { class: "c-progress" });
  const show = () => showProgress(count, cards, ui);
  const changed = () => {
    show();
    ui.changed();
  };
  const cards = field.cards.map((one) => manyCard(one, field, changed));
  const list = h("ul", { class: "c-cards" }, cards.map((one) => one.el));
  const el = h("div", { role: "group", "aria-labelledby": ui.labelId }, list, count);
  const set = (given) => {
    cards.forEach((one) => one.set(given?.[one.key]));
    show();
  };
  set(value);
  return { el, value: () => groupsOf(cards), set, part: (key) => cardPart(cards, key, el) };
}

function manyCard(card, field, changed) {
  const id = uid("l");
  const buttons = field.groups.map((group) =>
    h("button", { type: "button", class: "c-toggle", "aria-pressed": "false", "data-key": group.key }, group.label),
  );
  const isOn = (one) => one.getAttribute("aria-pressed") === "true";
  const press = (one) => {
    const on = !isOn(one);
    const none = one.dataset.key === field.none;
    buttons.forEach((other) => {
      if (on && (none || other.dataset.key === field.none)) other.setAttribute("aria-pressed", "false");
    });
    one.setAttribute("aria-pressed", String(on));
    changed();
  };
  buttons.forEach((one) => one.addEventListener("click", () => press(one)));
  const slot = h("div", { class: "c-slot" });
  const group = h("div", { class: "c-toggles", role: "group", "aria-labelledby": id }, buttons);
  const el = h("li", { class: "c-card", "data-key": card.key }, h("p", { id, class: "c-card-text" }, card.label), group, slot);
  return {
    key: card.key,
    el,
    slot,
    control: group,
    get: () => buttons.filter(isOn).map((one) => one.dataset.key),
    set: (given) =>
      buttons.forEach((one) =>
        one.setAttribute("aria-pressed", String([given ?? []].flat().includes(one.dataset.key))),
      ),
  };
}

function groupsOf(cards) {
  const done = cards.map((one) => [one.key, one.get()]).filter(([, groups]) => groups.length);
  return done.length ? Object.fromEntries(done) : undefined;
}

function cardPart(cards, key, el) {
  if (key === null) return { controls: [el] };
  const card = cards.find((one) => one.key === key);
  return card ? { slot: card.slot, controls: [card.control] } : null;
}

function showProgress(count, cards, ui) {
  const done = cards.filter((one) => one.get().length).length;
  count.textContent = ui.say("sorted_count", { done, all: cards.length });
}

function sortSingle(field, value, ui) {
  const zones = [{ key: "", label: ui.say("unsorted") }, ...field.groups].map(singleZone);
  const count = h("p", { class: "c-progress" });
  const settle = () => {
    cards.forEach((one) => place(one, zones));
    showProgress(count, cards, ui);
  };
  const changed = () => {
    settle();
    ui.changed();
  };
  const cards = field.cards.map((one) => singleCard(one, field, zones, ui, changed));
  const el = h(
    "div",
    { role: "group", "aria-labelledby": ui.labelId },
    h("div", { class: "c-zones" }, zones.map((one) => one.el)),
    count,
  );
  const set = (given) => {
    cards.forEach((one) => setValue(one.menu, given?.[one.key]));
    settle();
  };
  set(value);
  const single = () => {
    const groups = groupsOf(cards);
    return groups && Object.fromEntries(Object.entries(groups).map(([key, [one]]) => [key, one]));
  };
  return { el, value: single, set, part: (key) => cardPart(cards, key, el) };
}

function singleZone(group) {
  const id = uid("l");
  const list = h("ul", { class: "c-cards", "aria-labelledby": id });
  const el = h("section", { class: "c-zone" }, h("p", { id, class: "c-zone-title" }, group.label), list);
  return { key: group.key, el, list };
}

function singleCard(card, field, zones, ui, changed) {
  const id = uid("i");
  const menu = h(
    "select",
    { class: "c-input", id, onchange: changed },
    h("option", { value: "" }, ui.say("choose_group")),
    field.groups.map((one) => h("option", { value: one.key }, one.label)),
  );
  const slot = h("div", { class: "c-slot" });
  const grip = h("span", { class: "c-grip", "aria-hidden": "true" });
  const head = h("div", { class: "c-order-row" }, grip, h("label", { for: id, class: "c-grow" }, card.label));
  const el = h("li", { class: "c-card", "data-key": card.key }, head, menu, slot);
  makeDraggable(el, grip, {
    zones: () => zones.map((one) => one.el),
    drop: (target) => {
      setValue(menu, zones.find((one) => one.el === target).key);
      changed();
    },
  });
  return { key: card.key, el, slot, menu, control: menu, get: () => (menu.value ? [menu.value] : []) };
}

function place(card, zones) {
  const zone = zones.find((one) => one.key === card.menu.value);
  if (card.el.parentNode === zone.list) return;
  const focused = document.activeElement === card.menu;
  zone.list.append(card.el);
  if (focused) card.menu.focus();
}
