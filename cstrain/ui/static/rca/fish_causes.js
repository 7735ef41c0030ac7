// Step 3: the causes, bone by bone. Added, moved, nested and taken out by keys, buttons or drag.
import { h } from "../dom.js";
import { makeDraggable } from "../drag.js";
import { showBadge } from "./badge.js";
import { evidenceLine } from "./evidence.js";
import { childrenOf, entryOf, inOrder, putAfter, swapBy, takeOut, takeOutWhole, withBelow } from "./entries.js";
import { newCause } from "./fish_answer.js";
import { changingMenu } from "./menu.js";
import { arrowBetween, isComposing, makeOutline, signButton, toolButton } from "./outline.js";
import { shownText } from "./why_outline.js";

export function causesStep(fish) {
  const { tell } = fish;
  const bones = new Map();
  const box = h("div", { class: "c-bones" });
  const keys = h("details", { class: "c-keys" }, h("summary", {}, tell("keys_title")), h("p", { class: "c-help" }, tell("cause_keys")));
  const acts = causeActs(fish, (id) => bones.get(entryOf(fish.now().causes, id)?.category)?.outline.focus(id));
  const render = () => {
    const wanted = fish.bones();
    const known = new Set(wanted.map((one) => one.key));
    for (const [key, bone] of bones) if (!known.has(key)) (bone.el.remove(), bones.delete(key));
    wanted.forEach((one, at) => {
      if (!bones.has(one.key)) bones.set(one.key, boneBlock(one.key, fish, acts, bones));
      const bone = bones.get(one.key);
      bone.render(one.label);
      if (box.children[at] !== bone.el) box.insertBefore(bone.el, box.children[at] ?? null);
    });
  };
  const done = () => {
    const written = fish.now().causes.filter((one) => one.text.trim());
    const used = new Set(written.map((one) => one.category));
    return written.length ? tell("step_done_3", { count: written.length, bones: used.size }) : "";
  };
  const part = (id) => bones.get(entryOf(fish.now().causes, id)?.category)?.outline.part(id) ?? null;
  return { el: h("div", {}, box, keys), render, done, part };
}

function boneBlock(key, fish, acts, bones) {
  const { tell } = fish;
  const name = h("strong", {});
  const count = h("span", { class: "c-bone-count" });
  const mine = () => fish.now().causes.filter((one) => one.category === key);
  let label = "";
  const outline = makeOutline({
    make: (id) => causeTools(id, fish, acts, bones),
    key: (event, id) => causeKey(event, id, acts, mine),
    typed: (id, text) => fish.edit((now) => (entryOf(now.causes, id).text = text), `cause ${id}`),
    badge: () => "",
    name: ({ one, place }) =>
      one.parent
        ? tell("cause_below", { words: shownText(entryOf(fish.now().causes, one.parent)?.text, tell) })
        : tell("cause_text", { bone: label, n: place }),
    placeholder: () => tell("empty_entry"),
  });
  const add = toolButton(tell("cause_add"), () => acts.add(key));
  const el = h("section", { class: "c-bone" }, h("p", { class: "c-bone-head" }, name, count), outline.el, add);
  const render = (given) => {
    label = given;
    if (name.textContent !== given) name.textContent = given;
    el.setAttribute("aria-label", given);
    add.setAttribute("aria-label", `${tell("cause_add")}: ${given}`);
    const causes = mine();
    const written = causes.filter((one) => one.text.trim()).length;
    count.textContent = written ? tell("bone_count", { count: written }) : "";
    outline.render(inOrder(causes), fish.notes());
  };
  return { key, el, outline, render };
}

function causeTools(id, fish, acts, bones) {
  const { tell } = fish;
  const proof = evidenceLine(
    {
      cards: () => entryOf(fish.now().causes, id)?.evidence ?? [],
      change: (cards) => fish.edit((now) => (entryOf(now.causes, id).evidence = cards)),
      name: () => acts.name(id),
      deck: fish.deck,
    },
    tell,
  );
  const menu = changingMenu((bone) => acts.toBone(id, bone), null, { class: "c-input c-tool" });
  const grip = h("span", { class: "c-grip", "aria-hidden": "true" });
  const nest = signButton("→", tell("cause_nest"), () => acts.nest(id));
  const lift = signButton("←", tell("cause_lift"), () => acts.lift(id));
  const tools = [
    menu.el,
    proof.opener,
    lift,
    nest,
    signButton("↑", tell("move_up"), () => acts.move(id, -1)),
    signButton("↓", tell("move_down"), () => acts.move(id, 1)),
    signButton("×", tell("remove"), () => acts.remove(id, takeOutWhole)),
  ];
  const badge = h("span", { class: "c-verdict-badge", hidden: true });
  let dragged = false;
  const update = ({ one, place }) => {
    menu.show(fish.bones(), one.category, tell("cause_bone", { words: acts.name(id) }));
    proof.show();
    nest.hidden = place < 2;
    lift.hidden = !one.parent;
    showBadge(badge, fish.badges()[id]);
    if (dragged) return;
    dragged = true;
    makeDraggable(grip.closest(".c-entry"), grip, {
      zones: () => [...bones.values()].map((bone) => bone.el),
      drop: (zone) => acts.toBone(id, [...bones.values()].find((bone) => bone.el === zone).key),
    });
  };
  return { lead: [grip], tools, rest: [proof.el], beside: [badge], update };
}

function causeActs(fish, focus) {
  const { tell, announce } = fish;
  const causes = () => fish.now().causes;
  const name = (id) => shownText(entryOf(causes(), id)?.text, tell);
  const add = (category, after = null) => {
    let made = null;
    fish.edit((now) => {
      const parent = after ? entryOf(now.causes, after).parent : "";
      made = newCause(now.causes, category, parent);
      putAfter(now.causes, made, after);
    });
    focus(made.id);
  };
  const beside = (id) => add(entryOf(causes(), id).category, id);
  const toBone = (id, bone) => {
    const moved = entryOf(causes(), id);
    if (moved.category === bone && !moved.parent) return;
    fish.edit((now) => {
      const ids = withBelow(now.causes, id);
      for (const one of now.causes) if (ids.has(one.id)) one.category = bone;
      entryOf(now.causes, id).parent = "";
    });
    focus(id);
    announce(tell("cause_moved", { words: name(id), bone: fish.boneName(bone) }));
  };
  const siblings = (one) => childrenOf(causes(), one.parent).filter((other) => other.category === one.category);
  const nest = (id) => {
    const one = entryOf(causes(), id);
    const above = siblings(one)[siblings(one).indexOf(one) - 1];
    if (!above) return;
    fish.edit((now) => {
      const moved = entryOf(now.causes, id);
      moved.parent = above.id;
      // The last of what hangs there already: the order of the list is that of siblings.
      now.causes.splice(now.causes.indexOf(moved), 1);
      now.causes.push(moved);
    });
    focus(id);
    announce(tell("cause_nested", { words: name(id), above: shownText(above.text, tell) }));
  };
  const lift = (id) => {
    const { parent } = entryOf(causes(), id);
    if (!parent) return;
    fish.edit((now) => {
      const moved = entryOf(now.causes, id);
      moved.parent = entryOf(now.causes, parent).parent;
      now.causes.splice(now.causes.indexOf(moved), 1);
      putAfter(now.causes, moved, parent);
    });
    focus(id);
    announce(tell("cause_lifted", { words: name(id) }));
  };
  const move = (id, by) => {
    let done = false;
    fish.edit((now) => {
      const { category } = entryOf(now.causes, id);
      done = swapBy(now.causes, id, by, (one) => one.category === category);
    });
    if (!done) return;
    focus(id);
    const same = siblings(entryOf(causes(), id));
    const place = same.findIndex((one) => one.id === id) + 1;
    announce(tell("moved", { words: name(id), place, all: same.length }));
  };
  const remove = (id, take) => {
    const [words, count] = [name(id), withBelow(causes(), id).size - 1];
    const { category } = entryOf(causes(), id);
    const ids = inOrder(causes().filter((one) => one.category === category)).map(({ one }) => one.id);
    const next = ids[ids.indexOf(id) - 1] ?? ids[ids.indexOf(id) + 1];
    fish.edit((now) => {
      take(now.causes, id);
      const known = new Set(now.causes.map((one) => one.id));
      for (const key of Object.keys(now.whys)) if (!known.has(key)) delete now.whys[key];
    });
    if (!entryOf(causes(), next)) fish.rest();
    else focus(next);
    const more = take === takeOutWhole && count > 0;
    announce(more ? tell("removed_more", { words, count }) : tell("removed", { words }));
  };
  return { name, add, beside, toBone, nest, lift, move, remove };
}

function causeKey(event, id, acts, mine) {
  if (isComposing(event) || event.ctrlKey || event.metaKey) return;
  const { key, altKey, target } = event;
  const ids = inOrder(mine()).map(({ one }) => one.id);
  const arrow = (next) => event.currentTarget.closest(".c-outline").querySelector(`[data-id="${CSS.escape(next)}"] .c-outline-text`).focus();
  if (arrowBetween(event, ids, id, arrow)) return;
  const byAlt = { ArrowUp: () => acts.move(id, -1), ArrowDown: () => acts.move(id, 1), ArrowRight: () => acts.nest(id), ArrowLeft: () => acts.lift(id) };
  const gone = (key === "Backspace" || key === "Delete") && target.value === "";
  const way = key === "Enter" ? () => acts.beside(id) : altKey ? byAlt[key] : gone ? () => acts.remove(id, takeOut) : null;
  if (!way) return;
  event.preventDefault();
  way();
}
