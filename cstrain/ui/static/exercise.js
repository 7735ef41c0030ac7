// One exercise: puts fields, actions and feedback together and talks to the host.
import { button, canonical, h, keepKeys, makeSay, sentence, shownNumber } from "./dom.js";
import { hintAids, solutionAid, startAgain } from "./aids.js";
import { makeAsking } from "./asking.js";
import { bring, byPlace, feedbackExtras, fillVerdict, findingBlock, holdInSight } from "./feedback.js";
import { createShape, fieldBlock } from "./field.js";
import { exerciseActions, exerciseHead, exerciseTask } from "./parts.js";

const DRAFT_MS = 800;

/** Show an exercise in an element; returns the function that takes it away again. */
export function mountExercise(model, el) {
  const frame = new ExerciseFrame(model, el);
  return () => frame.close();
}

class ExerciseFrame {
  constructor(model, el) {
    this.model = model;
    this.view = model.get("view");
    this.say = makeSay(this.view.words);
    this.known = canonical({});
    this.checked = null; // the answer that the shown feedback is about
    this.draftTimer = 0;
    this.asking = makeAsking((message) => model.send(message), {
      busy: (kind) => this.showBusy(kind),
      silent: (make) => this.showSilence(make),
    });
    this.build(el);
    this.takeState(model.get("state") ?? {});
    this.listen();
  }

  build(el) {
    this.live = h("div", { class: "c-sr", role: "status" });
    this.blocks = this.view.fields.map((one) => fieldBlock(one, undefined, this.shapeUi()));
    this.hints = hintAids(this.view.hints, this.say, (level) => this.askHint(level));
    this.solution = solutionAid(this.say);
    this.again = startAgain(this.say, () => this.startOver());
    this.general = h("div", { class: "c-findings" });
    this.extras = h("div", { class: "c-extras" });
    this.verdict = h("div", { class: "c-verdict" });
    this.stale = h("p", { class: "c-stale", hidden: true }, this.say("changed_since"));
    this.status = h("div", { role: "status", class: "c-status" }, this.verdict);
    this.head = exerciseHead(this.view, this.say);
    this.actions = exerciseActions(this.say, {
      check: () => this.check(),
      solution: () => this.askSolution(),
      more: [this.hints.button, this.again.button],
    });
    this.root = h(
      "section",
      {
        class: "cstrain cstrain-live",
        lang: this.view.lang,
        "aria-label": `${this.view.label} ${this.view.title}`,
      },
      this.head.el,
      exerciseTask(this.view, this.say),
      h("div", { class: "c-fields" }, this.blocks.map((one) => one.el)),
      this.actions.el,
      this.again.el,
      this.status,
      this.stale,
      this.general,
      this.extras,
      this.hints.el,
      this.solution.el,
      this.live,
    );
    keepKeys(this.root);
    el.append(this.root);
  }

  shapeUi() {
    return {
      say: this.say,
      host: this.model.get("host") ?? "lab",
      create: createShape,
      changed: () => this.changed(),
      announce: (text) => (this.live.textContent = text),
      run: () => this.run(false),
      valueOf: (key) => this.blocks?.find((one) => one.key === key)?.value(),
      preview: (about, silent) => this.askPreview(about, silent),
    };
  }

  listen() {
    this.heard = (message) => this.hear(message);
    this.stateChanged = () => this.takeState(this.model.get("state") ?? {});
    this.leaving = () => this.saveDraft();
    this.hiding = () => document.visibilityState === "hidden" && this.saveDraft();
    this.model.on("msg:custom", this.heard);
    this.model.on("change:state", this.stateChanged);
    window.addEventListener("pagehide", this.leaving);
    document.addEventListener("visibilitychange", this.hiding);
    this.root.addEventListener("keydown", (event) => this.key(event));
  }

  close() {
    this.saveDraft();
    this.asking.stop();
    this.letGo?.();
    this.model.off?.("msg:custom", this.heard);
    this.model.off?.("change:state", this.stateChanged);
    window.removeEventListener("pagehide", this.leaving);
    document.removeEventListener("visibilitychange", this.hiding);
    this.root.remove();
  }

  key(event) {
    if (!(event.ctrlKey || event.metaKey) || event.isComposing) return;
    if (event.key === "Enter") {
      event.preventDefault();
      this.check();
    } else if (event.key === "s") {
      event.preventDefault(); // answers save themselves; the browser's own dialog would confuse
      this.saveDraft();
    }
  }

  answer() {
    const done = this.blocks.map((one) => [one.key, one.value()]);
    return Object.fromEntries(done.filter(([, value]) => value !== undefined));
  }

  changed() {
    this.showWanted();
    clearTimeout(this.draftTimer);
    this.draftTimer = setTimeout(() => this.saveDraft(), DRAFT_MS);
    this.actions.saved.textContent = "";
    this.showStale();
  }

  // A field may depend on an option of another; what was answered there is kept out of sight.
  showWanted() {
    this.blocks.forEach((one) => one.around());
    for (const { when, el } of this.blocks) {
      if (!when) continue;
      const chosen = this.blocks.find((one) => one.key === when.field)?.value();
      el.hidden = chosen !== when.is;
    }
  }

  showStale() {
    const isStale = this.checked !== null && canonical(this.answer()) !== this.checked;
    this.stale.hidden = !isStale;
    this.root.classList.toggle("c-is-stale", isStale);
  }

  saveDraft() {
    clearTimeout(this.draftTimer);
    const answer = this.answer();
    if (canonical(answer) === this.known) return;
    this.known = canonical(answer);
    try {
      this.model.send({ do: "draft", answer });
    } catch {
      this.showProblem(this.say("no_answer"));
    }
  }

  check() {
    if (this.blocks.some((one) => one.needsRun())) this.run(true);
    else this.asking.ask(() => this.sent("check"));
  }

  run(thenCheck) {
    this.checkAfterRun = thenCheck;
    this.asking.ask(() => this.sent("run"));
  }

  sent(kind) {
    clearTimeout(this.draftTimer);
    const answer = this.answer();
    this.asked = canonical(answer);
    if (kind === "check") this.known = this.asked;
    return { do: kind, answer };
  }

  // Beside the other questions: a preview neither waits for a check nor holds one up.
  askPreview(about, silent) {
    try {
      this.model.send({ do: "preview", ...about });
    } catch {
      silent();
    }
  }

  askHint(level) {
    this.saveDraft();
    this.asking.ask(() => ({ do: "hint", level }));
  }

  askSolution() {
    this.saveDraft();
    this.asking.ask(() => ({ do: "solution" }));
  }

  startOver() {
    this.blocks.forEach((one) => one.set(undefined));
    this.showWanted();
    this.clearFeedback();
    this.saveDraft();
  }

  hear(message) {
    const ways = {
      busy: () => this.showWork(message.text),
      feedback: () => this.hearFeedback(message),
      hint: () => this.bringNew(this.hints.put(message.level, message.html)),
      refused: () => this.bringNew(this.showNotice(message.text)),
      solution: () => this.bringNew(this.solution.put(message)),
      saved: () => this.showSaved(message),
      error: () => this.bringNew(this.showProblem(message.text)),
      ran: () => this.hearRun(message.answer),
      preview: () => this.blocks.find((one) => one.key === message.field)?.previewed(message),
    };
    const way = ways[message.do];
    if (!way) return this.passOn(message);
    if (!["busy", "saved", "preview"].includes(message.do)) {
      this.message?.remove();
      this.asking.heard();
    }
    return way();
  }

  // The record of the lesson, elsewhere in the page, shows the new score.
  passOn(message) {
    if (message.do !== "score") return;
    const detail = { lesson: this.view.lesson, score: message.score };
    document.dispatchEvent(new CustomEvent("cstrain-score", { detail }));
  }

  hearFeedback(message) {
    this.checked = this.asked ?? canonical(this.answer());
    const first = this.showFeedback(message.feedback);
    this.showBest(message.points);
    this.showStale();
    this.letGo?.();
    this.letGo = holdInSight(this.root, this.verdict, first);
  }

  hearRun(answer) {
    this.blocks.forEach((one) => one.ran(answer?.[one.key]));
    const goOn = this.checkAfterRun && !this.blocks.some((one) => one.needsRun());
    this.checkAfterRun = false;
    if (goOn) this.check();
    else this.saveDraft();
  }

  showFeedback(feedback) {
    const groups = new Map(this.blocks.map((one) => [one.key, []]));
    const rest = [];
    for (const finding of feedback.findings ?? []) {
      const key = (finding.fields ?? []).find((one) => groups.has(one)) ?? this.onlyField();
      (groups.get(key) ?? rest).push(finding);
    }
    const open = this.blocks.flatMap((one) => one.show(groups.get(one.key))).sort(byPlace);
    this.general.replaceChildren(...rest.map((one) => this.generalFinding(one)));
    this.extras.replaceChildren(...feedbackExtras(feedback, this.say));
    fillVerdict(this.verdict, feedback, this.say, open[0]);
    return open[0];
  }

  onlyField() {
    return this.blocks.length === 1 ? this.blocks[0].key : undefined;
  }

  generalFinding(finding) {
    const about = { say: this.say, part: () => null, titled: true, folds: false };
    return findingBlock(finding, about).el;
  }

  clearFeedback() {
    this.checked = null;
    this.blocks.forEach((one) => one.clear());
    this.general.replaceChildren();
    this.extras.replaceChildren();
    this.verdict.replaceChildren();
    this.verdict.className = "c-verdict";
    this.showStale();
  }

  /** Take what the host has stored, unless the learner has typed something newer. */
  takeState(state) {
    const own = canonical(this.answer());
    const given = state.answer ?? {};
    if (own === this.known && canonical(given) !== own) {
      this.blocks.forEach((one) => one.set(given[one.key]));
      this.known = canonical(this.answer());
    }
    if (state.feedback) {
      this.checked = canonical(given);
      this.showFeedback(state.feedback);
    }
    this.showWanted();
    this.hints.reset(state.hints ?? []);
    if (state.solution) this.solution.put(state.solution);
    this.showBest(state.points);
    this.showStale();
  }

  showBest(points) {
    const known = points !== null && points !== undefined;
    const values = { points: known ? shownNumber(points) : "", of: shownNumber(this.view.points) };
    this.head.best.textContent = known ? this.say("best", values) : "";
  }

  showSaved(message) {
    this.actions.saved.replaceChildren(message.ok ? sentence(this.say("saved")) : "");
    this.unsaved?.remove();
    if (message.ok) return;
    this.unsaved = h("p", { class: "c-notice c-problem" }, sentence(message.text));
    this.verdict.before(this.unsaved); // stays until an answer is kept
  }

  showBusy(kind) {
    const busy = kind !== null;
    this.actions.check.setAttribute("aria-disabled", String(busy));
    this.actions.spinner.hidden = !busy;
    this.actions.word.textContent = kind === "check" ? this.say("checking") : this.say("check");
    if (!busy) this.work?.remove();
  }

  showWork(text) {
    this.asking.working();
    this.work?.remove();
    this.work = h("p", { class: "c-work" }, sentence(text));
    this.status.prepend(this.work);
  }

  showNotice(text) {
    this.message?.remove();
    this.message = h("p", { class: "c-notice" }, sentence(text));
    this.status.append(this.message);
    return this.message;
  }

  showProblem(text) {
    const shown = this.showNotice(text);
    shown.classList.add("c-problem");
    return shown;
  }

  // What somebody asked for may come below the screen's edge.
  bringNew(el) {
    if (el) requestAnimationFrame(() => bring(el, "nearest"));
  }

  showSilence(make) {
    this.showProblem(this.say("no_answer"));
    this.message.append(" ", button(this.say("retry"), () => this.retry(make), { class: "c-button c-small" }));
  }

  retry(make) {
    this.message.remove();
    this.actions.check.focus();
    this.asking.ask(make);
  }
}
