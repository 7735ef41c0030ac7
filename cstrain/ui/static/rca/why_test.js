// A why before the data: those of the case that is worked on, or one's own. Below the why a line
// says what came out; the form opens on demand.
import { h } from "../dom.js";
import { showBadge } from "./badge.js";
import { caseForm } from "./case_form.js";
import { showText, signButton, toolButton } from "./outline.js";
import { blankOwn } from "./own_answer.js";
import { ownForm } from "./own_form.js";
import { soundTest } from "./test_answer.js";

/**
 * Return {el, opener, show} of a why.
 * @param {{why: () => object | undefined, edit: (change: (why) => void, key?: string) => void,
 *   name: () => string, badge: () => object | undefined, tests: object, names: object,
 *   caseNow: () => string | undefined, store, host: string, scored: boolean}} about
 */
export function testLine(about, tell) {
  const badge = h("span", { class: "c-verdict-badge", hidden: true });
  const effect = h("span", { class: "c-test-effect" });
  const line = h("div", { class: "c-own-line c-test-head" }, badge, effect);
  const title = h("strong", { class: "c-grow" });
  const other = toolButton("", () => begin(!about.why().own));
  const cross = signButton("×", tell("remove"), () => (open(false), take(), opener.focus()));
  const place = h("div", {});
  const panel = h("div", { class: "c-own-panel", role: "group", hidden: true }, h("div", { class: "c-own-head" }, title, other, cross), place);
  const opener = toolButton(tell("own_test"), () => open(panel.hidden), { "aria-expanded": "false" });
  const forms = testForms(about, tell);
  // Of the data of a case there are only those of the one that is chosen.
  const ofCase = () => Boolean(about.tests[about.caseNow()]) || (about.why()?.test && !about.why().own);
  const take = () => about.edit((why) => (delete why.own, delete why.test));
  const begin = (own) => {
    about.edit((why) => {
      delete why.own;
      delete why.test;
      if (own) why.own = blankOwn();
      else why.test = soundTest({ case: about.caseNow() });
    });
    forms.now().first().focus();
  };
  const open = (shown) => {
    panel.hidden = !shown;
    opener.setAttribute("aria-expanded", String(shown));
    if (!shown) return;
    panel.setAttribute("aria-label", tell("test_of", { words: about.name() }));
    const { own, test } = about.why();
    if (!own && !test) return begin(!ofCase());
    show();
    forms.now().first().focus();
    return undefined;
  };
  panel.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    open(false);
    opener.focus();
  });
  const show = () => {
    const why = about.why();
    const tested = Boolean(why?.own || why?.test);
    if (!tested && !panel.hidden) panel.hidden = true;
    const found = tested ? about.badge() : undefined;
    showBadge(badge, found);
    showText(effect, found && !found.open ? found.text : "");
    line.hidden = badge.hidden || !panel.hidden;
    opener.setAttribute("aria-expanded", String(!panel.hidden));
    if (panel.hidden) return;
    showText(title, tell(why.own ? "own_begin" : "case_begin"));
    showText(other, tell(why.own ? "case_begin" : "own_begin"));
    other.hidden = !ofCase();
    const { el, update } = forms.now();
    if (place.firstChild !== el) place.replaceChildren(el);
    update();
  };
  return { el: h("div", {}, line, panel), opener, show };
}

// Each form is made when it is first needed: most whys are never tested.
function testForms(about, tell) {
  const made = {};
  const put = (change) => about.edit((why) => Object.assign(why.test, change));
  const make = {
    own: () => {
      const edit = (change, key) => about.edit((why) => change(why.own), key);
      const form = ownForm({ ...about, own: () => about.why()?.own ?? null, edit }, tell);
      return { ...form, first: () => form.el.querySelector("select") };
    },
    test: () => caseForm({ ...about, test: () => about.why()?.test ?? null, put }, tell),
  };
  return {
    now: () => {
      const kind = about.why()?.own ? "own" : "test";
      return (made[kind] ??= make[kind]());
    },
  };
}
