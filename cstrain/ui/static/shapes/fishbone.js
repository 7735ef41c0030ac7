// A fishbone the eight steps' way: the picture above, the steps below, each working on one answer.
import { h, makeSay } from "../dom.js";
import { makeEditor } from "../rca/editor.js";
import { entryOf, inOrder } from "../rca/entries.js";
import { exchangeBox } from "../rca/exchange.js";
import { keptFishbone, soundFishbone } from "../rca/fish_answer.js";
import { causesStep } from "../rca/fish_causes.js";
import { headStep, schemeStep } from "../rca/fish_head.js";
import { measuresStep } from "../rca/fish_measures.js";
import { keepResults, ownStore } from "../rca/own_store.js";
import { eightSteps } from "../rca/fish_steps.js";
import { testsStep } from "../rca/fish_tests.js";
import { digStep, votesStep } from "../rca/fish_votes.js";

/** The shape `fishbone`. */
export const fishboneShape = {
  create(field, value, ui) {
    const tell = makeSay(field.said);
    const state = { notes: {}, badges: {} };
    const blank = soundFishbone(undefined, field.schemes);
    const answer = () => keptFishbone(editor.history.now());
    const editor = makeEditor({
      field, ui, tell, blank, answer,
      empty: () => editor.history.now(),
      render: () => steps.render(),
      shown: (message) => {
        state.notes = message.notes ?? {};
        state.badges = message.badges ?? {};
        keepResults(editor, state.badges, ownOf);
        steps.render();
      },
    });
    const fish = fishTools({ field, ui, tell, editor, state, steps: () => steps });
    const causes = causesStep(fish);
    const dig = digStep(fish);
    const measures = measuresStep(fish);
    const share = exchangeBox(
      {
        format: "fishbone",
        answer: () => answer() ?? editor.history.now(),
        take: (given) => editor.replace(soundFishbone(given, field.schemes)),
        inquiry: editor.inquiry,
        extra: () => ({ case: editor.caseNow() ?? "" }),
        wide: true,
        merges: true,
      },
      fish,
    );
    const last = { el: share.el, render: () => {}, done: () => "" };
    const all = [headStep(fish), schemeStep(fish), causes, votesStep(fish), dig, measures, testsStep(fish), last];
    const steps = eightSteps(all, tell);
    const el = h(
      "div",
      { class: "c-rca c-fishbone", role: "group", "aria-labelledby": ui.labelId },
      editor.picture.el,
      editor.bar.el,
      steps.el,
    );
    fish.rest = () => editor.bar.el.querySelector("button").focus();
    editor.listen(el);
    const set = (given) => {
      Object.assign(state, { notes: {}, badges: {} });
      editor.set(soundFishbone(given, field.schemes));
      if (ui.host === "lab") editor.inquiry.wake();
    };
    set(value);
    return {
      el,
      value: answer,
      set,
      previewed: editor.inquiry.heard,
      around: editor.around,
      part: (key) => (key === null ? { controls: [el] } : causes.part(key) ?? measures.part(key)),
    };
  },
};

// The test before own data of an entry that a badge is about: a cause, or a why below one.
function ownOf(fishbone, key) {
  const [cause, why] = key.split("/");
  return why ? entryOf(fishbone.whys[cause] ?? [], why)?.own : entryOf(fishbone.causes, cause)?.test?.own;
}

function fishTools({ field, ui, tell, editor, state, steps }) {
  const now = () => editor.history.now();
  const labels = new Map(field.schemes.flatMap((one) => one.bones.map((bone) => [bone.key, bone.label])));
  labels.set(field.other.key, field.other.label);
  const boneName = (id) => now().categories.find((one) => one.id === id)?.name || labels.get(id) || tell("bone_nameless");
  // The bones of the scheme, and whichever else still holds a cause.
  const bones = () => {
    const ids = now().categories.map((one) => one.id);
    const more = now().causes.map((one) => one.category).filter((one) => !ids.includes(one));
    return [...new Set([...ids, ...more])].map((key) => ({ key, label: boneName(key) }));
  };
  return {
    field,
    tell,
    announce: ui.announce,
    host: ui.host,
    store: ownStore(editor.inquiry, () => steps().render()),
    now,
    edit: editor.edit,
    deck: editor.deck,
    caseNow: editor.caseNow,
    notes: () => state.notes,
    badges: () => state.badges,
    problem: () => field.problem || field.problems?.[editor.caseNow()] || "",
    boneName,
    bones,
    // Bone by bone, as they stand in the third step.
    written: () => {
      const place = new Map(bones().map((one, at) => [one.key, at]));
      const found = inOrder(now().causes).map(({ one }) => one).filter((one) => one.text.trim());
      return found.sort((a, b) => place.get(a.category) - place.get(b.category));
    },
  };
}
