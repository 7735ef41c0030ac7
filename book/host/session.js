// A learner at work on a page: answers the frames' messages as the kernel's session does.
import { exportText, newRecord } from "./store.js";

const RUN_MS = 10_000; // of a learner's own code
const PREVIEW_MS = 20_000;
const SCORE_MS = 120_000; // of a long record on a slow phone
const MOST_ANSWERS = 100; // of one exercise looked at for the score, as in cstrain/scoring.py
const SCORES = "cstrain-scores";
const EXPORT_NAME = "cstrain-record.json";
const COURSE = "course"; // in place of a lesson's id: all of them

/** The session of one page: a store, an engine, and the models of the mounted frames. */
export class Session {
  constructor({ language, words, store, engine }) {
    Object.assign(this, { language, words, store, engine });
    this.models = new Map(); // exercise id -> model
    this.records = []; // models of the lesson's record
    this.waiting = new Map(); // what waits for the engine -> how it is told of a stage
    this.hints = new Map(); // exercise id -> hints seen
    this.previews = new Map(); // place of a preview -> its latest serial number
    this.best = new Map(); // exercise id -> {points, passed}, once the engine has told
    engine.onStage = (stage) => this.tellStage(stage);
    store.onOther = (exercises) => this.reread(exercises);
  }

  add(model) {
    const view = model.get("view");
    if (view.kind === "record") this.records.push(model);
    else this.models.set(view.id, model);
  }

  /** Put stored answers back at once; returns whether there is anything to recompute. */
  async restore() {
    const shown = [...this.models.keys()].map((id) => this.showStored(id));
    const here = (await Promise.all(shown)).some(Boolean);
    return here || (this.showsCourse() && checksOf(await this.store.all()).length > 0);
  }

  /** Ask the engine for what is never stored: feedback, hints and points of stored attempts. */
  async recompute(ids = [...this.models.keys()]) {
    await this.score();
    for (const id of ids) await this.recomputeOne(id);
  }

  /** Answer one message of a frame. */
  async told(model, message) {
    const ways = {
      check: () => this.check(model, message.answer),
      draft: () => this.draft(model, message.answer),
      hint: () => this.hint(model, message.level),
      solution: () => this.solution(model),
      run: () => this.run(model, message.answer),
      preview: () => this.preview(model, message),
      score: () => this.tellScore(model),
      export: () => this.export(model),
      import: () => this.import(model, message.text),
      document: () => this.document(model, message),
    };
    try {
      await ways[message.do]?.();
    } catch (error) {
      model.deliver({ do: "error", text: this.words[error.message] ?? this.words.failed });
    }
  }

  async check(model, answer) {
    const { id } = model.get("view");
    const records = await this.store.attempts(id);
    const attempts = checksOf(records).length;
    const kept = await this.save("draft", id, answer, hintsSeen(records));
    if (kept) model.deliver(kept); // before anything else can go wrong
    const done = await this.ask(model, { do: "check", exercise: id, answer, attempts });
    if (done.do !== "feedback") return model.deliver(done);
    const counts = Number(done.counts);
    const saved = counts ? await this.save("check", id, answer, hintsSeen(records)) : kept;
    await this.learnBest(id, done.feedback, counts, attempts);
    const points = this.best.get(id)?.points ?? null;
    model.deliver({ ...done, attempts: attempts + counts, points });
    if (saved) model.deliver(saved);
    return this.score();
  }

  // Reads nothing first: in a page that is being left, only what starts at once gets done.
  async draft(model, answer) {
    const { id } = model.get("view");
    const saved = await this.save("draft", id, answer, this.hints.get(id) ?? 0);
    if (saved) model.deliver(saved);
    // Who is writing an answer will check it: Python gets ready in the meantime.
    if (!navigator.connection?.saveData) this.engine.start();
  }

  async hint(model, level) {
    const { id } = model.get("view");
    const records = await this.store.attempts(id);
    const attempts = checksOf(records).length;
    const done = await this.ask(model, { do: "hint", exercise: id, level, attempts });
    model.deliver(done);
    if (done.do !== "hint" || level <= hintsSeen(records)) return;
    this.hints.set(id, level);
    await this.save("draft", id, records.at(-1).answer, level);
  }

  async solution(model) {
    const { id } = model.get("view");
    const records = await this.store.attempts(id);
    const attempts = checksOf(records).length;
    if (attempts && !this.best.has(id)) await this.score();
    const passed = this.best.get(id)?.passed ?? false;
    const hints = hintsSeen(records);
    const request = { do: "solution", exercise: id, attempts, hints, passed };
    model.deliver(await this.ask(model, request));
  }

  async run(model, answer) {
    const { id } = model.get("view");
    try {
      model.deliver(await this.ask(model, { do: "run", exercise: id, answer }, RUN_MS));
    } catch (error) {
      const code = error.message === "too_long" ? "run_too_long" : error.message;
      model.deliver({ do: "error", text: this.words[code] ?? this.words.failed });
    }
  }

  // Only the latest preview of a part is of use; it tells of its waiting in its own place.
  async preview(model, message) {
    const { id } = model.get("view");
    const { field, part, choices, serial } = message;
    const place = { do: "preview", field, part, serial };
    const key = `${id} ${field} ${part}`;
    this.previews.set(key, serial);
    const wanted = () => this.previews.get(key) === serial;
    this.waiting.set(place, (text) => model.deliver({ ...place, busy: text }));
    try {
      const request = this.about({ do: "preview", exercise: id, field, part, choices });
      const done = await this.engine.ask(request, PREVIEW_MS, wanted);
      if (done) model.deliver({ ...done, ...place });
    } catch (error) {
      model.deliver({ ...place, text: this.words[error.message] ?? this.words.failed });
    } finally {
      this.waiting.delete(place);
    }
  }

  async export(model) {
    const text = exportText(await this.store.all());
    model.deliver({ do: "file", name: EXPORT_NAME, text });
  }

  // The report or the certificate, made from all that was checked.
  async document(model, { what, scope, name }) {
    const checks = checksOf(await this.store.all());
    const mine = checks.filter((one) => scope === COURSE || one.lesson === scope);
    const request = { do: "document", what, scope, name, ...today(), ...workOf(mine) };
    model.deliver(await this.ask(model, request, SCORE_MS));
  }

  async import(model, text) {
    const done = await this.ask(model, { do: "import", text });
    if (done.do !== "records") return model.deliver(done);
    const counts = await this.store.merge(done.records);
    const said = filled(this.words.imported, counts);
    model.deliver({ do: "imported", text: said, problems: done.problems });
    await this.restore();
    return this.recompute();
  }

  // Without a checked answer there is nothing to compute, and no reason to load Python.
  async tellScore(model) {
    model.deliver({ do: "score", score: this.lastScore ?? null });
  }

  async score() {
    const { language } = this;
    const checks = checksOf(await this.store.all());
    const lessons = new Set([...this.models.values()].map((one) => one.get("view").lesson));
    if (this.showsCourse()) lessons.add(COURSE);
    for (const lesson of lessons) {
      const mine = checks.filter((one) => lesson === COURSE || one.lesson === lesson);
      const answers = answersOf(mine);
      if (!Object.keys(answers).length) continue;
      const request = { do: "score", lesson, language, answers };
      const done = await this.engine.ask(request, SCORE_MS);
      if (done.do === "score") this.showScore(lesson, done.score, answers);
    }
  }

  showsCourse() {
    return this.records.some((one) => one.get("view").lesson === COURSE);
  }

  showScore(lesson, score, answers) {
    for (const one of score.exercises) {
      if (!(one.id in answers)) continue;
      this.best.set(one.id, { points: one.points, passed: one.outcome === "passed" });
    }
    this.lastScore = score;
    remember(lesson, score.points);
    const mine = this.records.filter((one) => one.get("view").lesson === lesson);
    mine.forEach((one) => one.deliver({ do: "score", score }));
  }

  async learnBest(id, feedback, counts, earlier) {
    if (earlier && !this.best.has(id)) return this.score();
    if (!counts) return undefined;
    const before = this.best.get(id) ?? { points: -1, passed: false };
    const passed = before.passed || feedback.outcome === "passed";
    return this.best.set(id, { points: Math.max(before.points, feedback.points), passed });
  }

  async showStored(id) {
    const records = await this.store.attempts(id);
    if (!records.length) return false;
    const attempts = checksOf(records).length;
    this.hints.set(id, hintsSeen(records));
    this.models.get(id).setState({ answer: records.at(-1).answer, attempts });
    return attempts > 0;
  }

  async recomputeOne(id) {
    const records = await this.store.attempts(id);
    const checks = checksOf(records);
    if (!checks.length) return;
    const { answer } = records.at(-1);
    const attempts = checks.length - 1;
    const told = await this.engine.ask(this.about({ do: "check", exercise: id, answer, attempts }));
    const wasChecked = sameJson(answer, checks.at(-1).answer);
    const feedback = wasChecked ? told.feedback : null;
    const hints = await this.hintsOf(id, hintsSeen(records));
    const points = this.best.get(id)?.points ?? null;
    this.models.get(id).setState({ answer, feedback, attempts: checks.length, hints, points });
  }

  async hintsOf(id, seen) {
    const hints = [];
    for (let level = 1; level <= seen; level += 1) {
      const request = { do: "hint", exercise: id, level, attempts: level };
      hints.push((await this.engine.ask(this.about(request))).html);
    }
    return hints;
  }

  async reread(exercises) {
    const mine = exercises.filter((id) => this.models.has(id));
    await Promise.all(mine.map((id) => this.showStored(id)));
    if (mine.length && this.engine.running()) await this.recompute(mine).catch(() => {});
  }

  async save(kind, exercise, answer, hints) {
    try {
      await this.store.save(newRecord(kind, exercise, answer ?? {}, hints));
    } catch {
      return { do: "saved", ok: false, text: this.words.not_saved };
    }
    return this.saved();
  }

  saved() {
    if (this.store.lasting) return { do: "saved", ok: true, text: this.words.saved };
    if (this.toldMemoryOnly) return null; // once is enough
    this.toldMemoryOnly = true;
    return { do: "saved", ok: false, text: this.words.memory_only };
  }

  about(request) {
    return { ...request, language: this.language };
  }

  async ask(model, request, limit) {
    this.waiting.set(model, (text) => model.deliver({ do: "busy", text }));
    try {
      return await this.engine.ask(this.about(request), limit);
    } finally {
      this.waiting.delete(model);
    }
  }

  tellStage(stage) {
    const text = this.words[stage];
    this.waiting.forEach((tell) => tell(text));
  }
}

// What the cover and the map show of a lesson without asking Python.
function remember(lesson, points) {
  try {
    const told = JSON.parse(localStorage.getItem(SCORES)) ?? {};
    localStorage.setItem(SCORES, JSON.stringify({ ...told, [lesson]: { points } }));
  } catch {
    // a private window, or a full one: the map shows what was tried all the same
  }
}

function checksOf(records) {
  return records.filter((one) => one.kind === "check");
}

function hintsSeen(records) {
  return Math.max(0, ...records.map((one) => one.hints));
}

function answersOf(checks) {
  const answers = {};
  for (const { exercise, answer } of checks) (answers[exercise] ??= []).push(answer);
  for (const id of Object.keys(answers)) {
    const different = new Map(answers[id].map((one) => [canonicalJson(one), one]));
    answers[id] = [...different.values()].slice(-MOST_ANSWERS);
  }
  return answers;
}

// The same attempts as for the score, with their times, and how many there were in all.
function workOf(checks) {
  const [attempts, counts] = [{}, {}];
  for (const { exercise } of checks) counts[exercise] = (counts[exercise] ?? 0) + 1;
  for (const [id, answers] of Object.entries(answersOf(checks))) {
    const times = new Map(
      checks.filter((one) => one.exercise === id).map((one) => [canonicalJson(one.answer), one.at]),
    );
    attempts[id] = answers.map((answer) => ({ answer, at: times.get(canonicalJson(answer)) }));
  }
  return { attempts, counts };
}

// The learner's own day, and how many minutes her clock is ahead of UTC.
function today() {
  const now = new Date();
  const offset = -now.getTimezoneOffset();
  const date = new Date(now.getTime() + offset * 60_000).toISOString().slice(0, 10);
  return { date, offset };
}

function sameJson(one, other) {
  return canonicalJson(one) === canonicalJson(other);
}

function canonicalJson(value) {
  return JSON.stringify(value, (_key, inner) =>
    inner && typeof inner === "object" && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}

function filled(sentence, facts) {
  return sentence.replace(/\{(\w+)\}/g, (whole, key) => facts[key] ?? whole);
}
