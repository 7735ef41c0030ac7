// The cover and the map: how far the learner is, from the records in this browser. Nothing is
// computed here; points are those that the checker told when a lesson was open last.
import { openStore } from "./store.js";

const SCORES = "cstrain-scores";

async function start() {
  const { lessons, words } = JSON.parse(document.getElementById("cstrain-home").textContent);
  const store = await openStore();
  const records = await store.all();
  const tried = new Set(records.filter((one) => one.kind === "check").map((one) => one.exercise));
  const told = scores();
  for (const slot of document.querySelectorAll(".h-progress")) {
    const lesson = lessons.find((one) => one.id === slot.dataset.lesson);
    if (lesson) show(slot, lesson, tried, told[lesson.id], words);
  }
  tellAll(lessons, tried, words, store.lasting);
  offerLast(lessons, records, words);
}

function scores() {
  try {
    return JSON.parse(localStorage.getItem(SCORES)) ?? {};
  } catch {
    return {};
  }
}

function show(slot, lesson, tried, told, words) {
  const all = lesson.exercises.length;
  const done = lesson.exercises.filter((one) => tried.has(one.id)).length;
  const points = Number.isFinite(told?.points) ? told.points : 0;
  slot.style.setProperty("--tried", `${(100 * done) / all}%`);
  slot.style.setProperty("--points", `${Math.min(100, points)}%`);
  const text = done ? filled(words.tried, { tried: done, all }) : words.tried_none;
  const more = done && points ? ` · ${filled(words.points_last, { points })}` : "";
  const place = slot.querySelector(".h-told");
  if (place) place.textContent = text + more;
  else slot.setAttribute("aria-label", text + more);
  if (!place) slot.setAttribute("role", "img");
  slot.hidden = !place && !done;
}

function tellAll(lessons, tried, words, lasting) {
  const place = document.getElementById("home-told");
  if (!place) return;
  const ids = lessons.flatMap((one) => one.exercises.map((exercise) => exercise.id));
  const done = ids.filter((id) => tried.has(id)).length;
  const text = done ? filled(words.map_all, { tried: done, all: ids.length }) : words.map_none;
  place.textContent = lasting ? text : words.map_not_lasting;
}

// The exercise worked on last comes before the first one.
function offerLast(lessons, records, words) {
  const place = document.getElementById("home-continue");
  const exercises = new Map(lessons.flatMap((one) => one.exercises).map((one) => [one.id, one]));
  const last = records.filter((one) => exercises.has(one.exercise)).at(-1);
  if (!place || !last) return;
  const { href, name } = exercises.get(last.exercise);
  const link = document.createElement("a");
  Object.assign(link, { href, className: "h-button h-primary" });
  const what = document.createElement("span");
  what.textContent = name;
  link.append(words.cover_continue, " ", what);
  place.replaceChildren(link);
  place.hidden = false;
  document.getElementById("cover-start")?.classList.remove("h-primary");
}

function filled(sentence, facts) {
  return sentence.replace(/\{(\w+)\}/g, (whole, key) => facts[key] ?? whole);
}

start();
