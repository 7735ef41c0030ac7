// The link to the other language leads to the same place of the page: sections and exercises stand
// in the same order in both, so that a place is a number.
const PLACES = ".bd-article section > :is(h1, h2, h3, h4), .bd-article .cstrain-exercise";
const HOLD_MS = [100, 400, 1000];
const MARK = /^#at-(\d+)$/;

function places() {
  const all = [...document.querySelectorAll(PLACES)];
  return all.filter((one) => !one.parentElement.closest(".cstrain-exercise, .cstrain-record"));
}

// The last place that has come up to the upper third of the window; none at the very top.
function here() {
  if (scrollY < 80) return -1;
  return places().findLastIndex((one) => one.getBoundingClientRect().top < innerHeight / 3);
}

function aim(link) {
  const target = new URL(link.href);
  target.search = location.search;
  target.hash = "";
  const marked = location.hash.length > 1 && document.getElementById(decoded(location.hash));
  const isPlace = marked && marked.matches(".bd-article section");
  const place = here();
  if (place >= 0) target.hash = `at-${place}`;
  else if (marked && !isPlace) target.hash = location.hash;
  link.href = target.href;
}

function decoded(hash) {
  try {
    return decodeURIComponent(hash.slice(1));
  } catch {
    return "";
  }
}

function arrive() {
  const found = MARK.exec(location.hash);
  if (!found) return;
  history.replaceState(history.state, "", location.pathname + location.search);
  const place = places()[Number(found[1])];
  if (!place) return;
  hold(place);
  // A keyboard goes on from there too.
  place.tabIndex = -1;
  place.focus({ preventScroll: true });
}

// Exercises above are still being mounted and take their room: the place is held for a moment,
// until the reader moves.
function hold(place) {
  const again = () => place.scrollIntoView({ block: "start", behavior: "instant" });
  const timers = HOLD_MS.map((after) => setTimeout(again, after));
  const stop = () => timers.forEach(clearTimeout);
  for (const event of ["wheel", "touchstart", "pointerdown", "keydown"]) {
    addEventListener(event, stop, { once: true, passive: true });
  }
  again();
}

for (const link of document.querySelectorAll("a.cstrain-language")) {
  for (const event of ["click", "auxclick", "focus", "pointerenter"]) {
    link.addEventListener(event, () => aim(link));
  }
}
if (document.readyState === "complete") arrive();
else addEventListener("load", () => requestAnimationFrame(arrive));
