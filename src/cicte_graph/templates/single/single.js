"use strict";
/*
 * Shows the pages packed in this file, one at a time, in a frame. A page believes that it stands at ORIGIN: its scripts,
 * wrapped when the file was made, are given a `location`, a `history`, a `fetch` and a `Worker` that lead here.
 * The address of what is shown stands behind the # of this file's own, so that it can be kept and gone back from.
 */
const ORIGIN = "https://cicte-graph.invalid/";
const frame = /** @type {HTMLIFrameElement} */ (document.getElementById("page"));
/** @type {Map<string, Promise<Record<string, string>>>} */
const unpacked = new Map();

/** Name the chunk that holds an address: its first folders, as single.py packs them. @param {string} address */
function chunkOf(address) {
  const folders = address.split("/").slice(0, -1);
  return `in/${folders.slice(0, folders[0] === "es" ? 3 : 2).join("/")}`;
}

/** @param {string} packed in base64 */
const bytes = (packed) => Uint8Array.from(atob(packed), (char) => char.charCodeAt(0));

/** Unpack a chunk, once. @param {string} name */
function chunk(name) {
  if (!unpacked.has(name)) {
    const packed = document.getElementById(name);
    const stream = packed && new Blob([bytes(packed.textContent)]).stream().pipeThrough(new DecompressionStream("gzip"));
    unpacked.set(name, stream ? new Response(stream).json() : Promise.resolve({}));
  }
  return unpacked.get(name);
}

/** Give what stands at an address, or undefined. @param {string} address */
async function content(address) {
  const found = await chunk(chunkOf(address));
  return Object.hasOwn(found, address) ? found[address] : undefined;
}

/** Where we are: the address of a page, what it is asked and where on it. */
function here() {
  const url = new URL(decodeURIComponent(location.hash.slice(1)) || "index.html", ORIGIN);
  return { url, address: decodeURIComponent(url.pathname.slice(1)) || "index.html" };
}

const write = (url) => `#${url.pathname.slice(1)}${url.search}${url.hash}`;

/** Go to an address of ours, or leave for one that is not. @param {string | URL} to */
async function go(to) {
  const url = new URL(to, here().url);
  if (!url.href.startsWith(ORIGIN)) window.open(url, "_blank", "noopener");
  else if (/\.html$|\/$/.test(url.pathname)) location.hash = write(url);
  else await save(decodeURIComponent(url.pathname.slice(1)));
}

/** Give a file of data to the reader. @param {string} address */
async function save(address) {
  const found = await content(address);
  if (found === undefined) return location.assign(write(new URL("download.html", ORIGIN)));
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([address.endsWith(".zip") ? bytes(found) : found]));
  link.download = address.split("/").at(-1);
  link.click();
}

/** What the scripts of a page take for the browser's own. */
const given = () => {
  const { url } = here();
  const place = {
    get search() { return here().url.search; },
    get hash() { return here().url.hash; },
    set hash(to) { history.replaceState(null, "", write(new URL(to.startsWith("#") ? to : `#${to}`, here().url))); },
    get href() { return location.href; }, // a link to be sent leads to this file
    get pathname() { return here().url.pathname; },
    protocol: url.protocol,
    origin: url.origin,
    assign: go,
    reload: show,
    toString: () => here().url.href,
  };
  const past = {
    pushState: (state, title, to) => history.pushState(state, title, write(new URL(to, here().url))),
    replaceState: (state, title, to) => history.replaceState(state, title, write(new URL(to, here().url))),
    back: () => history.back(),
    get state() { return history.state; },
  };
  const read = async (to) => {
    const found = await content(decodeURIComponent(new URL(to, here().url).pathname.slice(1)));
    return found === undefined ? new Response("", { status: 404 }) : new Response(found);
  };
  return [place, past, read, Engine];
};

const blob = (parts, type) => URL.createObjectURL(new Blob(parts, { type }));

// keeps what the engine's first message brings, in place of what a worker would fetch
const HANDED = `
let given;
const fetch = async () => new Response(given.graph);
addEventListener("message", (event) => {
  if (!event.data.given) return;
  ({ given } = event.data);
  event.stopImmediatePropagation();
});`;

/** The engine beside the page: made of text, since a file from disk has nothing beside it that it may load. */
class Engine {
  constructor() {
    this.worker = this.made();
  }

  async made() {
    const [code, library, wasm] = await Promise.all(
      ["assets/worker.js", "assets/parts/oxigraph/web.js", "assets/parts/oxigraph/web_bg.wasm"].map(content));
    // from disk a module may load no other and nothing may be fetched, so the two become one script that is handed both
    const plain = library
      .replace(/new URL\(['"]web_bg\.wasm['"], import\.meta\.url\)/, "given.wasm")
      .replace(/^export (?=class|function)/gm, "")
      .replace(/^export \{[^}]*?(\w+) as default[^}]*\};?/m, "const init = $1;");
    const text = `${HANDED}\n${plain}\n${code.replace(/^import .*$/m, "")}`;
    const worker = new Worker(blob([text], "text/javascript"));
    const graph = await content("download/cicte-graph.nq");
    worker.postMessage({ given: { wasm: bytes(wasm), graph } });
    worker.onmessage = (event) => this.onmessage(event);
    worker.onerror = (event) => this.onerror(event);
    return worker;
  }

  async postMessage(message) {
    (await this.worker).postMessage(message);
  }

  async terminate() {
    (await this.worker).terminate();
  }
}

window.cicteSingle = { given, load: async (address) => scripted(await content(address)) };

/** Run a script in the page. @param {string} text */
function scripted(text) {
  const page = frame.contentDocument;
  const script = page.createElement("script");
  script.textContent = text;
  page.head.append(script);
}

/** Put a page into the frame, with what it leans on. */
async function show() {
  const { url, address } = here();
  const html = (await content(address)) ?? (await content("index.html"));
  const page = new DOMParser().parseFromString(html, "text/html");
  for (const one of page.querySelectorAll("meta[http-equiv], link[rel=icon], link[rel=alternate]")) one.remove();
  const base = page.createElement("base");
  base.href = url.href;
  page.head.prepend(base);
  const at = (way) => decodeURIComponent(new URL(way, url).pathname.slice(1));
  for (const link of page.querySelectorAll("link[rel=stylesheet]")) {
    const style = page.createElement("style");
    style.textContent = await content(at(link.getAttribute("href")));
    link.replaceWith(style);
  }
  for (const image of page.querySelectorAll("img[src]")) {
    image.src = `data:image/svg+xml,${encodeURIComponent((await content(at(image.getAttribute("src")))) ?? "")}`;
  }
  const scripts = [...page.querySelectorAll("script[src]")];
  for (const script of scripts) {
    const inline = page.createElement("script");
    inline.textContent = (await content(at(script.getAttribute("src")))) ?? "";
    script.remove();
    page.body.append(inline); // they were to wait for the page
  }
  frame.onload = () => shown(url);
  frame.srcdoc = `<!doctype html>${page.documentElement.outerHTML}`;
}

function shown(url) {
  const page = frame.contentDocument;
  document.title = page.title;
  document.documentElement.lang = page.documentElement.lang;
  page.addEventListener("click", followed);
  page.addEventListener("submit", asked);
  reach(url.hash);
}

/** Go to a place on the page shown. @param {string} hash */
function reach(hash) {
  if (hash.length > 1) frame.contentDocument.getElementById(decodeURIComponent(hash.slice(1)))?.scrollIntoView();
}

/** @param {MouseEvent} event */
function followed(event) {
  const link = event.target.closest?.("a[href]");
  const way = link?.getAttribute("href");
  if (event.defaultPrevented || !way || /^(blob|data|mailto):/.test(way)) return;
  event.preventDefault();
  go(new URL(way, here().url));
}

/** @param {SubmitEvent} event */
function asked(event) {
  if (event.defaultPrevented) return;
  event.preventDefault();
  const form = /** @type {HTMLFormElement} */ (event.target);
  const to = new URL(form.getAttribute("action") ?? "", here().url);
  to.search = new URLSearchParams([...new FormData(form)].filter(([, value]) => typeof value === "string")).toString();
  go(to);
}

let last = "";
/** Show what the address says: another page, or another place on the same. */
function follow() {
  const { url } = here();
  const page = url.pathname + url.search;
  if (page === last && !/map\.html$/.test(url.pathname)) reach(url.hash);
  else show();
  last = page;
}

window.addEventListener("hashchange", follow);
window.addEventListener("popstate", follow);
follow();
