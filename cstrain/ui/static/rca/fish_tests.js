// Step 7: causes before the data. What is chosen is kept; the verdict comes from Python each time.
import { button, h, trusted } from "../dom.js";
import { showBadge } from "./badge.js";
import { entryOf } from "./entries.js";
import { soundTest } from "./fish_answer.js";
import { changingMenu, labelled } from "./menu.js";
import { showText, signButton } from "./outline.js";
import { blankOwn } from "./own_answer.js";
import { ownForm } from "./own_form.js";
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
      if (!rows.has(one.id)) rows.set(one.id, (isOwn(one) ? ownRow : testRow)(one.id, fish, cases, () => next.el.focus()));
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
function ownRow(id, fish, _cases, left) {
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

function testRow(id, fish, cases, left) {
  const { tell, field } = fish;
  const put = (change) => fish.edit((now) => Object.assign(entryOf(now.causes, id).test, change));
  const name = h("strong", { class: "c-grow" });
  const badge = h("span", { class: "c-verdict-badge" });
  const effect = h("span", { class: "c-test-effect" });
  const cross = signButton("×", tell("remove"), () => {
    fish.edit((now) => (entryOf(now.causes, id).test = null));
    left();
  });
  const ofCase = changingMenu((key) => put({ case: key, factor: "", rows: "", strata: "" }), tell("choose"));
  const factor = changingMenu((key) => put({ factor: key, rows: "", strata: "" }), tell("choose"));
  const rows = changingMenu((key) => put({ rows: key }), tell("choose"));
  const strata = changingMenu((key) => put({ strata: key }), tell("choose"));
  const casePart = labelled(tell("test_case"), ofCase.el);
  const said = h("p", { class: "c-help" });
  const whole = h("div", { class: "c-test-whole" });
  const status = h("div", { class: "c-test-head", role: "status" }, badge, effect);
  const el = h(
    "section",
    { class: "c-test" },
    h("div", { class: "c-test-head" }, name, cross),
    h("div", { class: "c-test-form" }, casePart, labelled(tell("test_factor"), factor.el), labelled(tell("test_rows"), rows.el), labelled(tell("test_strata"), strata.el)),
    said,
    status,
    whole,
  );
  let html = "";
  const update = (one) => {
    const { test } = one;
    name.textContent = shownText(one.text, tell, 120);
    el.setAttribute("aria-label", name.textContent);
    casePart.hidden = Boolean(fish.caseNow()) && fish.caseNow() === test.case;
    ofCase.show(cases.map((key) => ({ key, label: field.case_names[key] })), test.case);
    const tests = field.tests[test.case] ?? [];
    factor.show(tests.map((each) => ({ key: each.factor, label: each.name })), test.factor);
    const chosen = tests.find((each) => each.factor === test.factor);
    rows.show(chosen?.rows ?? [], test.rows);
    strata.show(chosen?.strata ?? [], test.strata);
    const found = fish.badges()[id];
    const open = !test.factor || !test.rows || !test.strata;
    said.hidden = Boolean(!open && found && !found.open);
    said.textContent = open ? tell("test_open") : tell("test_busy");
    showBadge(badge, open ? null : found);
    showText(effect, open ? "" : (found?.text ?? ""));
    const now = open ? "" : (found?.html ?? "");
    if (now !== html) trusted(whole, (html = now));
  };
  return { el, own: false, update, first: () => (casePart.hidden ? factor.el : ofCase.el) };
}
