// Starts the slides. On a narrow screen they stay one below the other, with the notes to unfold:
// a slide made for a projector cannot be read there.
const NARROW = 700;

function start() {
  const root = document.querySelector(".reveal");
  if (window.innerWidth < NARROW && !/view=print|receiver/.test(location.search)) {
    document.body.classList.add("s-stack");
    return;
  }
  // reveal.js looks for the notes right below a slide.
  for (const box of root.querySelectorAll("details.s-notes")) {
    box.replaceWith(box.querySelector("aside"));
  }
  const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  window.Reveal.initialize({
    width: 1280,
    height: 720,
    margin: 0,
    center: false,
    hash: true,
    slideNumber: "c/t",
    transition: calm ? "none" : "fade",
    transitionSpeed: "fast",
    pdfSeparateFragments: false,
    help: false, // its table of keys is in English only; the keys stand on the first slide
    plugins: [window.RevealNotes],
  }).then(() => {
    root.querySelector(".navigate-right").setAttribute("aria-label", root.dataset.next);
    root.querySelector(".navigate-left").setAttribute("aria-label", root.dataset.previous);
  });
}

start();
