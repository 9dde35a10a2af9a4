"use strict";
// Fills the page of matches in the reader's browser, where no server does.
{
  const words = (new URLSearchParams(location.search).get("q") ?? "").trim();
  const told = document.querySelector(".told");
  const list = document.querySelector(".matches");
  const template = document.querySelector("template");

  /** @param {{ id: string, name: string, what: string }} match */
  function line(match) {
    const one = template.content.cloneNode(true);
    const link = one.querySelector("a");
    link.href = globalThis.cicteSearch.page(match.id);
    link.textContent = match.name;
    one.querySelector(".what").textContent = match.what;
    return one;
  }

  async function fill() {
    await globalThis.cicteSearch.ready();
    const most = Number(told.dataset.most);
    const { number, matches } = globalThis.cicteFinding.find(words, most);
    const sentence = number === 0 ? told.dataset.none : number > most ? told.dataset.first : told.dataset.found;
    told.textContent = sentence.replace("{number}", String(number)).replace("{most}", String(most));
    list.replaceChildren(...matches.map(line));
  }

  if (words && !document.documentElement.dataset.served) {
    document.querySelector(".search input").value = words;
    fill();
  }
}
