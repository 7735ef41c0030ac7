// A why tree: the problem, an outline of whys with their evidence, the picture beside it, and the
// chain read back from below.
import { h, makeSay, onTyped, setValue, uid } from "../dom.js";
import { makeEditor } from "../rca/editor.js";
import { entryOf, newWhy, soundEntries, soundWhy, textOf, textsOf } from "../rca/entries.js";
import { evidenceLine } from "../rca/evidence.js";
import { exchangeBox } from "../rca/exchange.js";
import { keepResults, ownStore } from "../rca/own_store.js";
import { readBack } from "../rca/read_back.js";
import { whyOutline } from "../rca/why_outline.js";

/** The shape `why_tree`. */
export const why_treeShape = {
  create(field, value, ui) {
    const tell = makeSay(field.said);
    const tools = { tell, announce: ui.announce };
    const problem = problemBox(field, ui, tell, {
      typed: (text) => editor.edit((tree) => (tree.problem = text), "problem"),
      cards: () => editor.history.now().evidence,
      change: (cards) => editor.edit((tree) => (tree.evidence = cards)),
      deck: () => editor.deck(),
    });
    let [notes, badges] = [{}, {}];
    const answer = () => {
      const now = editor.history.now();
      const written = now.evidence.length || now.nodes.some((one) => one.text.trim() || one.evidence.length);
      if (!written && (problem.preset() || !now.problem.trim())) return undefined;
      return { ...now, problem: problem.preset() || now.problem };
    };
    const render = () => {
      problem.show(editor.history.now().problem);
      outline.render(notes);
      back.render();
    };
    const editor = makeEditor({
      field, ui, tell, blank: soundTree(undefined), answer, render,
      shown: (message) => {
        notes = message.notes ?? {};
        badges = message.badges ?? {};
        keepResults(editor, badges, (tree, key) => entryOf(tree.nodes, key)?.own);
        outline.render(notes);
      },
    });
    const about = {
      nodes: () => editor.history.now().nodes,
      head: () => problem.preset() || editor.history.now().problem,
      deck: editor.deck,
      badge: (id) => badges[id],
      tests: field.tests ?? {},
      names: field.case_names ?? {},
      caseNow: editor.caseNow,
      store: ownStore(editor.inquiry, () => outline.render(notes)),
      host: ui.host,
      scored: Boolean(field.case_field),
      edit: (change, key) => editor.edit((tree) => change(tree.nodes), key),
    };
    const outline = whyOutline(about, tools);
    const back = readBack(about, tools);
    const exchange = exchangeBox(
      {
        format: "why_tree",
        answer: () => answer() ?? editor.history.now(),
        take: (given) => editor.replace(soundTree(given)),
        inquiry: editor.inquiry,
        extra: () => ({ case: editor.caseNow() ?? "" }),
        wide: false,
        merges: false,
      },
      tools,
    );
    const el = whyTreeForm({ problem, outline, back, editor, exchange, tell, labelId: ui.labelId });
    editor.listen(el);
    const set = (given) => {
      [notes, badges] = [{}, {}];
      editor.set(soundTree(given));
      if (ui.host === "lab") editor.inquiry.wake();
    };
    set(value);
    return {
      el,
      value: answer,
      set,
      previewed: editor.inquiry.heard,
      around: editor.around,
      part: (key) => (key === null ? { controls: [el] } : outline.part(key)),
    };
  },
};

function whyTreeForm({ problem, outline, back, editor, exchange, tell, labelId }) {
  const keys = h("details", { class: "c-keys" }, h("summary", {}, tell("keys_title")), h("p", { class: "c-help" }, tell("keys")));
  return h(
    "div",
    { class: "c-rca c-why-tree", role: "group", "aria-labelledby": labelId },
    problem.el,
    h(
      "div",
      { class: "c-rca-two" },
      h("div", { class: "c-rca-work" }, outline.el, h("div", { class: "c-rca-foot" }, editor.bar.el, keys)),
      editor.picture.el,
      back.el,
    ),
    h("details", { class: "c-more" }, h("summary", {}, tell("export_import")), exchange.el),
  );
}

// The problem is preset by the exercise, by the case that is chosen, or the learner's own.
function problemBox(field, ui, tell, { typed, ...proved }) {
  const id = uid("i");
  const text = h("textarea", { class: "c-input", id, rows: 2, placeholder: tell("problem_hint") });
  text.style.setProperty("--c-rows", "2");
  onTyped(text, () => typed(text.value));
  const own = h("div", {}, h("label", { class: "c-label", for: id }, tell("problem_own")), text);
  const said = h("p", { class: "c-rca-problem" });
  const proof = evidenceLine({ ...proved, name: () => tell("problem") }, tell);
  proof.opener.setAttribute("aria-label", tell("evidence_head"));
  const el = h("div", { class: "c-rca-head" }, said, own, h("div", { class: "c-tools" }, proof.opener), proof.el);
  const byCase = Object.keys(field.problems ?? {}).length > 0;
  const preset = () => field.problem || (byCase && field.problems[ui.valueOf(field.case_field)]) || "";
  const show = (given) => {
    const known = preset() || (byCase ? tell("problem_case") : "");
    said.hidden = !known;
    own.hidden = Boolean(known);
    said.textContent = known;
    setValue(text, given);
    proof.show();
  };
  return { el, preset, show };
}

/** Return a plain value of any kind as a why tree with at least one line to write in. */
function soundTree(given) {
  const nodes = soundEntries(given?.nodes, "n", soundWhy);
  if (!nodes.length) nodes.push(newWhy(nodes, ""));
  return { problem: textOf(given?.problem), evidence: textsOf(given?.evidence), nodes };
}
