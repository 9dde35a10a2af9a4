"use strict";

// Find a term: the contents shrink to the terms whose name, key or meaning holds every word typed.

/** @param {string} text @returns {string} */
const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

const finder = /** @type {HTMLElement} */ (document.querySelector(".finder"));
const field = /** @type {HTMLInputElement} */ (document.getElementById("term"));
const told = /** @type {HTMLElement} */ (document.getElementById("term-found"));
const groups = /** @type {HTMLDetailsElement[]} */ ([...document.querySelectorAll(".contents details")]);
const terms = /** @type {HTMLElement[]} */ ([...document.querySelectorAll(".term")]);
const lines = new Map([...document.querySelectorAll("[data-of]")].map((line) => [line.getAttribute("data-of"), line]));

/** @param {HTMLElement} term @returns {string} */
const spoken = (term) =>
  plain([...term.querySelectorAll(":scope > h3, :scope > h4, :scope > .names, :scope > p")].map((part) => part.textContent).join(" "));

const texts = new Map(terms.map((term) => [term, spoken(term)]));
const narrow = matchMedia("(max-width: 60rem)").matches;

function find() {
  const words = plain(field.value).split(/\s+/).filter(Boolean);
  const found = new Set(terms.filter((term) => words.every((word) => texts.get(term)?.includes(word))));
  for (const term of terms) {
    term.hidden = !found.has(term) && !terms.some((other) => found.has(other) && term.contains(other));
    const line = /** @type {HTMLElement | undefined} */ (lines.get(term.id));
    if (line) line.hidden = term.hidden;
  }
  for (const part of document.querySelectorAll(".part")) {
    /** @type {HTMLElement} */ (part).hidden = !part.querySelector(".term:not([hidden])");
  }
  for (const group of groups) {
    group.hidden = !group.querySelector("li:not([hidden])");
    group.open = words.length > 0 || !narrow;
  }
  const said = (told.dataset.some ?? "").replace("{number}", String(found.size)).replace("{all}", String(terms.length));
  told.textContent = words.length ? said : "";
}

finder.hidden = false;
field.addEventListener("input", find);
if (narrow) groups.forEach((group) => (group.open = false));
addEventListener("hashchange", () => {
  // a link to a term that is not among those found shows it
  if (document.getElementById(decodeURIComponent(location.hash.slice(1)))?.closest("[hidden]")) {
    field.value = "";
    find();
    document.getElementById(decodeURIComponent(location.hash.slice(1)))?.scrollIntoView();
  }
});
