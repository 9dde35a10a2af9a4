"use strict";
// Offers records in the search field of every page as one types (ARIA Authoring Practices: combobox with a listbox).
{
  const MOST = 8; // offers
  const input = /** @type {HTMLInputElement} */ (document.querySelector(".search input"));
  const root = document.documentElement.dataset.root;
  /** @type {Promise<unknown> | undefined} */
  let loading;

  // a page packed into a single file has nothing beside it to load, and is given what does
  /** @type {(address: string) => Promise<unknown>} */
  const load = globalThis.cicteLoad ?? ((address) =>
    new Promise((done, failed) => {
      const script = document.createElement("script");
      script.async = false; // one after the other
      script.src = root + address;
      script.addEventListener("load", done);
      script.addEventListener("error", () => failed(new Error(`${address} cannot be loaded`)));
      document.head.append(script);
    }));

  /** Loads the names and what finds them, once. */
  function ready() {
    loading ??= Promise.all([load("names.js"), load("assets/finding.js")]);
    return loading;
  }

  /** @param {string} id */
  const page = (id) => new URL(`id/${encodeURI(id)}.html`, input.form.action).href;

  const [offers, list, said] = ["div", "ul", "p"].map((name) => document.createElement(name));
  offers.className = "offers";
  offers.hidden = true;
  list.id = "offers";
  list.role = "listbox";
  said.role = "status";
  offers.append(list, said);
  input.form.append(offers);
  input.role = "combobox";
  input.ariaAutoComplete = "list";
  input.ariaExpanded = "false";
  input.setAttribute("aria-controls", list.id);

  /** @param {boolean} shown */
  function open(shown) {
    offers.hidden = !shown;
    input.ariaExpanded = String(shown && list.childElementCount > 0);
    if (!shown) choose(null);
  }

  const chosen = () => list.querySelector("[aria-selected=true]");

  /** @param {Element | null} offer */
  function choose(offer) {
    chosen()?.setAttribute("aria-selected", "false");
    offer?.setAttribute("aria-selected", "true");
    offer?.scrollIntoView({ block: "nearest" });
    if (offer) input.setAttribute("aria-activedescendant", offer.id);
    else input.removeAttribute("aria-activedescendant");
  }

  /** @param {{ id: string, name: string, what: string }} match @param {number} n */
  function offer(match, n) {
    const [one, name, what] = ["li", "span", "span"].map((tag) => document.createElement(tag));
    one.id = `offer-${n}`;
    one.role = "option";
    one.ariaSelected = "false";
    one.dataset.page = page(match.id);
    name.textContent = match.name;
    what.textContent = match.what;
    what.className = "what";
    one.append(name, " ", what);
    return one;
  }

  /** Offers what is called as the field says. */
  async function show() {
    try {
      await ready();
    } catch {
      return; // the browser says what is missing; Enter searches as before
    }
    const words = input.value;
    const { number, matches } = globalThis.cicteFinding.find(words, MOST);
    const sentences = globalThis.cicteNames.said[document.documentElement.lang];
    list.ariaLabel = sentences.matches;
    list.replaceChildren(...matches.map(offer));
    said.textContent = number ? sentences.number.replace("{number}", String(number)) : sentences.none;
    choose(null);
    open(words.trim() !== "" && document.activeElement === input);
  }

  /** @param {1 | -1} step */
  function move(step) {
    const [first, last] = [list.firstElementChild, list.lastElementChild];
    const next = step > 0 ? chosen()?.nextElementSibling : chosen()?.previousElementSibling;
    choose(next ?? (chosen() ? null : step > 0 ? first : last)); // beyond the end lies what was typed
  }

  input.addEventListener("focus", () => ready().catch(() => {}), { once: true });
  input.addEventListener("input", show);
  input.addEventListener("blur", () => open(false));
  input.addEventListener("keydown", (event) => {
    const arrow = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (arrow && offers.hidden) show();
    else if (arrow) move(arrow);
    else if (event.key === "Enter" && chosen()) location.assign(chosen().dataset.page);
    else if (event.key === "Escape" && !offers.hidden) open(false);
    else return;
    event.preventDefault();
  });
  list.addEventListener("pointerdown", (event) => event.preventDefault()); // the field keeps the focus
  list.addEventListener("click", (event) => {
    const one = event.target.closest("li");
    if (one) location.assign(one.dataset.page);
  });

  globalThis.cicteSearch = { ready, page };
}
