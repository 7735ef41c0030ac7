// The book without a network: keeps the pages of the languages that were read, and Python.
// ABOUT stands before this text: {version, files: path -> digest, languages: name -> paths, core}.
// What is kept is one version of the book, whole: a file that is not the one which ABOUT names is
// shown but never kept, so that an update does not mix old and new.

const SCOPE = new URL(self.registration.scope);
const FAMILY = `cstrain ${SCOPE.pathname} `; // other books may live on the same host
const NAME = FAMILY + ABOUT.version;
const AT_ONCE = 4; // files fetched at the same time
const filling = new Map(); // language -> promise

self.addEventListener("install", (event) => event.waitUntil(install()));
self.addEventListener("activate", (event) => event.waitUntil(activate()));
self.addEventListener("message", (event) => event.waitUntil(told(event)));
self.addEventListener("fetch", (event) => {
  const path = pathOf(event.request);
  if (Object.hasOwn(ABOUT.files, path)) event.respondWith(answer(path, event));
  else if (path.startsWith("host/")) event.respondWith(ofEarlier(path, event.request));
});

/** Bring what an earlier version kept up to date; only then is this version used. */
async function install() {
  for (const language of await keptBefore()) await fill(language);
  await self.skipWaiting();
}

/** Pages that are still open may need the version before this one; older ones go. */
async function activate() {
  const names = (await caches.keys()).filter((one) => one.startsWith(FAMILY) && one !== NAME);
  await Promise.all(names.slice(0, -1).map((one) => caches.delete(one)));
  await self.clients.claim();
}

async function told({ data, source }) {
  if (!Object.hasOwn(ABOUT.languages, data?.keep)) return;
  const kept = await fill(data.keep).catch(() => false);
  if (kept) source?.postMessage({ kept: data.keep });
}

/** Return the path of a request below the book's root, "" for what is not the book's. */
function pathOf(request) {
  const url = new URL(request.url);
  const isOurs = url.origin === SCOPE.origin && url.pathname.startsWith(SCOPE.pathname);
  if (request.method !== "GET" || !isOurs) return "";
  const path = decoded(url.pathname.slice(SCOPE.pathname.length));
  return path === "" || path.endsWith("/") ? `${path}index.html` : path;
}

function decoded(path) {
  try {
    return decodeURIComponent(path);
  } catch {
    return path; // no file of ours
  }
}

async function answer(path, event) {
  const cache = await caches.open(NAME).catch(() => null);
  const kept = await cache?.match(placeOf(path));
  if (kept) return kept;
  const response = await fetch(event.request);
  if (response.ok && cache) {
    const copy = response.clone();
    event.waitUntil(keep(cache, path, copy).catch(() => {}));
  }
  return response;
}

/** A page of the version before this one asks for its own scripts. */
async function ofEarlier(path, request) {
  const names = (await caches.keys()).filter((one) => one.startsWith(FAMILY));
  for (const name of names) {
    const kept = await (await caches.open(name)).match(placeOf(path));
    if (kept) return kept;
  }
  return fetch(request);
}

function placeOf(path) {
  return new URL(path.split("/").map(encodeURIComponent).join("/"), SCOPE).href;
}

/** Return whether a language is kept whole, with Python; fetches what is missing. */
function fill(language) {
  if (!filling.has(language)) {
    const done = fillNow(language).finally(() => filling.delete(language));
    filling.set(language, done);
  }
  return filling.get(language);
}

async function fillNow(language) {
  const cache = await caches.open(NAME);
  if (await cache.match(markOf(language))) return true;
  const earlier = await earlierCaches();
  const paths = [...ABOUT.languages[language], ...ABOUT.core];
  let isWhole = true;
  const work = async () => {
    while (isWhole && paths.length) {
      isWhole = (await bring(cache, earlier, paths.shift())) && isWhole;
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  if (isWhole) await cache.put(markOf(language), new Response(""));
  return isWhole;
}

async function bring(cache, earlier, path) {
  const place = placeOf(path);
  if (await cache.match(place)) return true;
  for (const one of earlier) {
    const kept = await one.match(place);
    if (kept && (await keep(cache, path, kept))) return true;
  }
  const response = await fetch(place, { cache: "no-cache" });
  if (!response.ok) throw new Error(`${response.status} ${path}`);
  return keep(cache, path, response, true);
}

/** Keep a file if it is the one of this version; returns whether it is kept. */
async function keep(cache, path, response, isFetched = false) {
  const body = await response.arrayBuffer();
  if ((await digestOf(body)) !== ABOUT.files[path]) {
    if (isFetched) self.registration.update().catch(() => {});
    return false;
  }
  // A response of our own: one that was redirected may not answer for a page.
  const headers = { "Content-Type": response.headers.get("Content-Type") ?? "" };
  try {
    await cache.put(placeOf(path), new Response(body, { headers }));
    return true;
  } catch {
    return false; // no space: the book works on, with a network
  }
}

async function digestOf(body) {
  const bytes = new Uint8Array(await crypto.subtle.digest("SHA-256", body));
  return [...bytes.slice(0, 8)].map((one) => one.toString(16).padStart(2, "0")).join("");
}

function markOf(language) {
  return new URL(`kept/${language}`, SCOPE).href;
}

async function earlierCaches() {
  const names = (await caches.keys()).filter((one) => one.startsWith(FAMILY) && one !== NAME);
  return Promise.all(names.reverse().map((one) => caches.open(one)));
}

async function keptBefore() {
  const found = new Set();
  for (const cache of await earlierCaches()) {
    for (const language of Object.keys(ABOUT.languages)) {
      if (await cache.match(markOf(language))) found.add(language);
    }
  }
  return found;
}
