// Step 7: causes before the data. What is chosen is kept; the verdict comes from Python each time.
import { button, h } from "../dom.js";
import { caseForm } from "./case_form.js";
import { entryOf } from "./entries.js";
import { changingMenu, labelled } from "./menu.js";
import { showText, signButton } from "./outline.js";
import { blankOwn } from "./own_answer.js";
import { ownForm } from "./own_form.js";
import { soundTest } from "./test_answer.js";
import { shownText } from "./why_outline.js";

export function testsStep(fish) {
  const { tell, field } = fish;
  const cases = Object.keys(field.tests ?? {});
  if (!cases.length) {
    return { el: h("p", { class: "c-help" }, tell("test_none")), render: () => {}, done: () => "" };
  }
  const rows = new Map();
  const list = h("div", { class: "c-tests" });
  const none = h("p", { class: "c-help" }, tell("cause_none"));
  // A button begins: in a closed menu every arrow key would choose already.
  let wanted = "";
  const next = changingMenu((id) => (wanted = id), tell("choose"));
  const go = button(tell("test_begin"), () => begin(wanted), { class: "c-button c-small" });
  const own = button(tell("own_begin"), () => begin(wanted, true), { class: "c-button c-small" });
  const picker = labelled(tell("test_add"), next.el, "c-test-add");
  picker.append(go, own);
  const begin = (id, byOwn = false) => {
    if (!id) return next.el.focus();
    wanted = "";
    const known = fish.caseNow() ?? (cases.length === 1 ? cases[0] : "");
    const test = byOwn ? { ...soundTest({}), own: blankOwn() } : { ...soundTest({}), case: known };
    fish.edit((now) => (entryOf(now.causes, id).test = test));
    return rows.get(id).first().focus();
  };
  const render = () => {
    const causes = fish.written();
    const tested = causes.filter((one) => one.test);
    none.hidden = causes.length > 0;
    picker.hidden = !causes.some((one) => !one.test);
    const free = causes.filter((one) => !one.test).sort((a, b) => Number(b.top) - Number(a.top));
    next.show(free.map((one) => ({ key: one.id, label: `${one.top ? "★ " : ""}${shownText(one.text, tell)}` })), wanted);
    const known = new Map(tested.map((one) => [one.id, isOwn(one)]));
    for (const [id, row] of rows) if (known.get(id) !== row.own) (row.el.remove(), rows.delete(id));
    tested.forEach((one, at) => {
      if (!rows.has(one.id)) rows.set(one.id, (isOwn(one) ? ownRow : testRow)(one.id, fish, () => next.el.focus()));
      const row = rows.get(one.id);
      row.update(one);
      if (list.children[at] !== row.el) list.insertBefore(row.el, list.children[at] ?? null);
    });
  };
  const done = () => {
    const count = fish.written().filter(isWholeTest).length;
    return count ? tell("step_done_7", { count }) : "";
  };
  return { el: h("div", {}, none, list, picker), render, done };
}

function isOwn(cause) {
  return Boolean(cause.test?.own);
}

function isWholeTest({ test }) {
  if (test?.own) return Boolean(test.own.table && test.own.exposure.value && test.own.outcome.value);
  return Boolean(test?.factor && test.rows && test.strata);
}

// A cause before own data: the same frame around another form.
function ownRow(id, fish, left) {
  const { tell } = fish;
  const name = h("strong", { class: "c-grow" });
  const cross = signButton("×", tell("remove"), () => {
    fish.edit((now) => (entryOf(now.causes, id).test = null));
    left();
  });
  const form = ownForm(
    {
      own: () => entryOf(fish.now().causes, id)?.test?.own ?? null,
      edit: (change, key) => fish.edit((now) => change(entryOf(now.causes, id).test.own), key && `${id} ${key}`),
      badge: () => fish.badges()[id],
      store: fish.store,
      host: fish.host,
      scored: Boolean(fish.field.case_field),
    },
    tell,
  );
  const el = h("section", { class: "c-test" }, h("div", { class: "c-test-head" }, name, cross), form.el);
  const update = (one) => {
    showText(name, shownText(one.text, tell, 120));
    el.setAttribute("aria-label", name.textContent);
    form.update();
  };
  return { el, own: true, update, first: () => form.el.querySelector("select") };
}

function testRow(id, fish, left) {
  const { tell } = fish;
  const name = h("strong", { class: "c-grow" });
  const cross = signButton("×", tell("remove"), () => {
    fish.edit((now) => (entryOf(now.causes, id).test = null));
    left();
  });
  const form = caseForm(
    {
      test: () => entryOf(fish.now().causes, id)?.test ?? null,
      put: (change) => fish.edit((now) => Object.assign(entryOf(now.causes, id).test, change)),
      badge: () => fish.badges()[id],
      tests: fish.field.tests,
      names: fish.field.case_names,
      caseNow: fish.caseNow,
    },
    tell,
  );
  const el = h("section", { class: "c-test" }, h("div", { class: "c-test-head" }, name, cross), form.el);
  const update = (one) => {
    showText(name, shownText(one.text, tell, 120));
    el.setAttribute("aria-label", name.textContent);
    form.update();
  };
  return { el, own: false, update, first: form.first };
}
