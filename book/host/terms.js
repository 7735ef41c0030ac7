// What a term means, shown at its place in a lesson; the glossary's filter; the card that an
// address names. Without this script a term is a plain link. A classic script: see search.js.
(() => {
  const WAIT_MS = 250; // before a pointer that merely passes opens anything
  const STAY_MS = 200; // for the pointer's way from the term into what it opened
  const GAP = 8; // pixels between term and box, and to the window's edges

  function startTerms(about) {
    const box = Object.assign(document.createElement("div"), {
      className: "cstrain-meaning",
      hidden: true,
    });
    const text = Object.assign(document.createElement("div"), { id: "cstrain-meaning" });
    text.setAttribute("role", "tooltip");
    const links = Object.assign(document.createElement("p"), { className: "cstrain-meaning-links" });
    box.append(text, links);
    document.body.append(box);
    let open = null;
    let timer = null;
    let isTouch = false;

    function show(term) {
      clearTimeout(timer);
      if (open === term) return;
      hide();
      const told = about.terms[term.getAttribute("href")];
      if (!told) return;
      const other = Object.assign(document.createElement("span"), { lang: about.lang });
      other.textContent = told.other;
      const name = document.createElement("strong");
      name.textContent = told.name;
      const head = document.createElement("p");
      head.append(name, " ", other);
      const meaning = document.createElement("p");
      meaning.textContent = told.meaning;
      text.replaceChildren(head, meaning);
      links.replaceChildren(...told.links.map(link));
      box.hidden = false;
      place(term);
      term.setAttribute("aria-describedby", text.id);
      open = term;
    }

    function link([label, href]) {
      const one = Object.assign(document.createElement("a"), { href, textContent: label });
      one.addEventListener("blur", leave);
      return one;
    }

    function hide() {
      clearTimeout(timer);
      box.hidden = true;
      open?.removeAttribute("aria-describedby");
      open = null;
    }

    function place(term) {
      const line = term.getClientRects()[0];
      const { offsetWidth: width, offsetHeight: height } = box;
      const most = document.documentElement.clientWidth - width - GAP;
      const left = Math.max(GAP, Math.min(line.left, most));
      const below = line.bottom + GAP + height <= innerHeight || line.top < height + GAP;
      const top = below ? term.getBoundingClientRect().bottom + GAP / 2 : line.top - height - GAP / 2;
      box.style.left = `${left + scrollX}px`;
      box.style.top = `${top + scrollY}px`;
    }

    function leave() {
      clearTimeout(timer);
      timer = setTimeout(() => {
        const stays = box.matches(":hover") || box.contains(document.activeElement);
        if (!stays && document.activeElement !== open) hide();
      }, STAY_MS);
    }

    const termOf = (event) => event.target.closest?.("a.cstrain-term");
    document.addEventListener("pointerdown", (event) => {
      isTouch = event.pointerType === "touch";
      if (open && !box.contains(event.target) && termOf(event) !== open) hide();
    });
    document.addEventListener("pointerover", (event) => {
      const term = event.pointerType === "touch" ? null : termOf(event);
      if (!term) return;
      clearTimeout(timer);
      timer = setTimeout(() => show(term), WAIT_MS);
    });
    document.addEventListener("pointerout", (event) => termOf(event) && leave());
    box.addEventListener("pointerleave", leave);
    box.addEventListener("pointerenter", () => clearTimeout(timer));
    document.addEventListener("focusin", (event) => {
      const term = termOf(event);
      if (term && term.matches(":focus-visible")) show(term);
    });
    document.addEventListener("focusout", (event) => termOf(event) && leave());
    document.addEventListener("click", (event) => {
      const term = termOf(event);
      if (!term || !isTouch || event.detail === 0) return;
      // The first tap shows what the term means; from there a link leads on.
      event.preventDefault();
      if (open === term) hide();
      else show(term);
    });
    document.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !open) return;
      const inside = box.contains(document.activeElement) ? open : null;
      hide();
      inside?.focus();
    });
    addEventListener("resize", hide);
  }

  function startFilter(form) {
    const page = form.closest("section");
    const field = form.querySelector("input[type=search]");
    const told = form.querySelector(".cstrain-filter-told");
    const plain = (text) => text.normalize("NFKC").toLowerCase().replace(/[\s‐‑–-]+/g, " ").trim();
    const items = [...page.querySelectorAll(".cstrain-terms > div")].map((one) => [
      one,
      plain(`${one.dataset.also} ${one.textContent}`),
    ]);
    form.querySelector(".cstrain-filter-word").hidden = false;
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("input", () => {
      const parts = plain(field.value).split(" ");
      for (const [one, text] of items) one.hidden = !parts.every((part) => text.includes(part));
      for (const group of page.querySelectorAll(":scope > section")) {
        group.hidden = !group.querySelector(".cstrain-terms > div:not([hidden])");
      }
      const found = items.filter(([one]) => !one.hidden);
      const seen = found.some(([one]) => one.getClientRects().length);
      told.textContent = seen ? "" : found.length ? told.dataset.hidden : told.dataset.none;
    });
    // An address names a term: it has to be seen, whatever is filtered.
    const showNamed = () => {
      if (!document.getElementById(location.hash.slice(1))?.closest(".cstrain-terms")) return;
      form.reset();
      form.dispatchEvent(new Event("input"));
    };
    addEventListener("hashchange", showNamed);
    showNamed();
  }

  function openNamed() {
    const card = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!card?.matches("details.cstrain-kpi")) return;
    card.open = true;
    card.scrollIntoView();
  }

  const about = document.getElementById("cstrain-terms");
  if (about) startTerms(JSON.parse(about.textContent));
  const filter = document.querySelector(".cstrain-glossary-filter");
  if (filter) startFilter(filter);
  if (document.querySelector("details.cstrain-kpi")) {
    addEventListener("hashchange", openNamed);
    openNamed();
  }
})();
