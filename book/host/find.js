// The search as readers meet it: on its own page, and in the dialog that Ctrl+K opens anywhere.
// What it looks through is fetched when it is first wanted. A classic script: see search.js.
(() => {
  const me = document.currentScript.src;
  const FIRST = 20; // results shown at once
  const IN_DIALOG = 8;
  const SNIPPET = 130; // characters
  const WAIT_MS = 150; // after the last key
  const onPage = document.querySelector(".cstrain-search");
  let loading = null;

  function load() {
    const files = ["mend.js", "search.js"].map((name) => new URL(name, me).href);
    files.push(new URL("search_data.js", document.baseURI).href);
    loading ??= Promise.all(files.map(add))
      .then(() => {
        const { data, Stemmer } = window.cstrainSearch;
        return { ...window.cstrainSearcher(data, Stemmer), said: data.said };
      })
      .catch((error) => {
        loading = null;
        throw error;
      });
    return loading;
  }

  function add(src) {
    return new Promise((resolve, reject) => {
      const script = Object.assign(document.createElement("script"), { src, onload: resolve });
      script.onerror = () => reject(new Error(src));
      document.head.append(script);
    });
  }

  function make(tag, about = {}, ...inside) {
    const one = Object.assign(document.createElement(tag), about);
    one.append(...inside);
    return one;
  }

  // Fill the box with the results for a query; `most` at first, the rest on demand.
  function show(box, search, query, most, follow) {
    const { said } = search;
    let { results, all, asked } = search.find(query);
    const parts = [];
    const better = search.suggest(query);
    let told = said.search_count.replace("{count}", results.length);
    if (better && (!results.length || !all)) {
      const other = search.find(better);
      if (other.results.length && other.all) {
        told = said.search_instead.replace("{query}", query).replace("{other}", better);
        ({ results, all, asked } = other);
      }
    } else if (better) {
      const link = make("a", { href: `search.html?q=${encodeURIComponent(better)}` }, better);
      link.addEventListener("click", (event) => follow && (event.preventDefault(), follow(better)));
      parts.push(make("p", { className: "cstrain-mean" }, said.search_mean, link));
    }
    if (!results.length) {
      told = said.search_nothing.replace("{query}", query);
      parts.push(make("p", {}, said.search_try));
    } else if (!all) parts.push(make("p", {}, said.search_some));
    const list = make("ol", { className: "cstrain-found" });
    list.append(...results.slice(0, most).map((one) => item(search, one, asked)));
    const status = make("p", { className: "cstrain-told" }, told);
    status.setAttribute("role", "status");
    box.replaceChildren(status, ...parts, list);
    if (results.length > most) box.append(further(search, query, list, results, asked, most));
  }

  function item(search, entry, asked) {
    const { said } = search;
    const title = make("span", { className: "cstrain-found-title" });
    fill(title, search.snippet(entry.title, asked, 200));
    const kind = make("span", { className: "cstrain-found-kind" }, said[`kind_${entry.kind}`]);
    const where = make("span", { className: "cstrain-found-page" });
    if (entry.page !== entry.title) where.append(entry.page);
    const text = make("span", { className: "cstrain-found-text" });
    fill(text, search.snippet(entry.text, asked, SNIPPET));
    const link = make("a", { href: entry.url }, title, make("span", {}, kind, " ", where), text);
    link.dataset.kind = entry.kind;
    return make("li", {}, link);
  }

  function fill(place, parts) {
    place.append(...parts.map(([text, isHit]) => (isHit ? make("mark", {}, text) : text)));
  }

  function further(search, query, list, results, asked, most) {
    const { said } = search;
    if (most === IN_DIALOG) {
      const href = `search.html?q=${encodeURIComponent(query)}`;
      return make("p", {}, make("a", { href }, said.search_whole));
    }
    const button = make("button", { type: "button", className: "cstrain-more" }, said.search_more);
    button.addEventListener("click", () => {
      const from = list.children.length;
      list.append(...results.slice(from, from + FIRST).map((one) => item(search, one, asked)));
      list.children[from].querySelector("a").focus();
      if (list.children.length >= results.length) button.remove();
    });
    return make("p", {}, button);
  }

  // Search while one types, and let the arrow keys walk through the results.
  function connect(field, box, most, changed) {
    let timer = null;
    let last = null;
    const run = async () => {
      const query = field.value.trim();
      if (query === last) return;
      last = query;
      changed?.(query);
      if (!query) {
        box.replaceChildren();
        return;
      }
      try {
        const search = await load();
        if (query === last) show(box, search, query, most, changed && follow);
      } catch {
        last = null;
        const words = document.getElementById("cstrain-find-failed");
        box.replaceChildren(make("p", {}, words?.content.textContent ?? ""));
      }
    };
    const follow = (better) => {
      field.value = better;
      run();
    };
    field.addEventListener("focus", () => load().catch(() => {}), { once: true });
    field.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(run, WAIT_MS);
    });
    box.parentElement.addEventListener("keydown", (event) => walk(event, field, box));
    return run;
  }

  function walk(event, field, box) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const links = [...box.querySelectorAll("ol a")];
    if (!step || !links.length) return;
    const at = links.indexOf(document.activeElement) + step;
    if (document.activeElement === field && step < 0) return;
    event.preventDefault();
    (links[Math.min(at, links.length - 1)] ?? field).focus();
  }

  function startPage() {
    const field = onPage.querySelector("input");
    const box = onPage.querySelector("#search-results");
    const remember = (query) => {
      const address = query ? `?q=${encodeURIComponent(query)}` : location.pathname;
      history.replaceState(null, "", address);
      const other = document.querySelector("a.cstrain-language");
      if (other) other.search = query ? `q=${encodeURIComponent(query)}` : "";
    };
    const run = connect(field, box, FIRST, remember);
    onPage.querySelector("form").addEventListener("submit", (event) => {
      event.preventDefault();
      run();
    });
    const query = new URLSearchParams(location.search).get("q");
    if (query) field.value = query;
    field.focus();
    if (query) run();
  }

  function startDialog() {
    const dialog = document.getElementById("pst-search-dialog");
    const field = dialog?.querySelector("input");
    if (!field) return;
    const box = make("div", { className: "cstrain-dialog-found" });
    dialog.append(box);
    connect(field, box, IN_DIALOG);
    box.addEventListener("click", (event) => event.target.closest("a") && dialog.close());
  }

  if (onPage) startPage();
  startDialog();
})();
