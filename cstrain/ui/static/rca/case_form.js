// A cause before the data of a case: what stands for it, rows, strata; below them what came out.
import { h, trusted } from "../dom.js";
import { showBadge } from "./badge.js";
import { changingMenu, labelled } from "./menu.js";
import { showText } from "./outline.js";

/**
 * Return {el, update, first} of the form of one cause.
 * @param {{test: () => object | null, put: (change: object) => void, badge: () => object | undefined,
 *   tests: object, names: object, caseNow: () => string | undefined}} about
 */
export function caseForm(about, tell) {
  const { put } = about;
  const ofCase = changingMenu((key) => put({ case: key, factor: "", rows: "", strata: "" }), tell("choose"));
  const factor = changingMenu((key) => put({ factor: key, rows: "", strata: "" }), tell("choose"));
  const rows = changingMenu((key) => put({ rows: key }), tell("choose"));
  const strata = changingMenu((key) => put({ strata: key }), tell("choose"));
  const casePart = labelled(tell("test_case"), ofCase.el);
  const badge = h("span", { class: "c-verdict-badge" });
  const effect = h("span", { class: "c-test-effect" });
  const said = h("p", { class: "c-help" });
  const whole = h("div", { class: "c-test-whole" });
  const status = h("div", { class: "c-test-head", role: "status" }, badge, effect);
  const form = h("div", { class: "c-test-form" }, casePart, labelled(tell("test_factor"), factor.el), labelled(tell("test_rows"), rows.el), labelled(tell("test_strata"), strata.el));
  const el = h("div", { class: "c-case-form" }, form, said, status, whole);
  let html = "";
  const update = () => {
    const test = about.test();
    if (!test) return;
    casePart.hidden = Boolean(about.caseNow()) && about.caseNow() === test.case;
    ofCase.show(Object.keys(about.tests).map((key) => ({ key, label: about.names[key] })), test.case);
    const tests = about.tests[test.case] ?? [];
    factor.show(tests.map((each) => ({ key: each.factor, label: each.name })), test.factor);
    const chosen = tests.find((each) => each.factor === test.factor);
    rows.show(chosen?.rows ?? [], test.rows);
    strata.show(chosen?.strata ?? [], test.strata);
    const found = about.badge();
    const open = !test.factor || !test.rows || !test.strata;
    said.hidden = Boolean(!open && found && !found.open);
    said.textContent = open ? tell("test_open") : tell("test_busy");
    showBadge(badge, open ? null : found);
    showText(effect, open ? "" : (found?.text ?? ""));
    const now = open ? "" : (found?.html ?? "");
    if (now !== html) trusted(whole, (html = now));
  };
  return { el, update, first: () => (casePart.hidden ? factor.el : ofCase.el) };
}
