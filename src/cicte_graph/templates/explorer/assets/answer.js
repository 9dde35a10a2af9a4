"use strict";
/*
 * Show an answer as a table, as explorer/answered.py does: records linked, and by name where that is wanted.
 * Knows answers and tables; asks for names only.
 *
 * @typedef {Map<string, {lang: string, name: string}[]>} Names
 */
(() => {
  const { ask, asking, fill, isNumber, shorten, text, words } = window.cicte;
  const { lang } = document.documentElement;
  const { root } = document.documentElement.dataset;
  const OURS = [asking.id, asking.concept, asking.term];

  /** Make an element. @returns {HTMLElement} */
  const make = (name, attributes = {}, ...children) => {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    made.append(...children);
    return made;
  };

  /** Give the way to the page of a record, a value of a closed list or a term of ours. */
  const way = (iri) => {
    const home = lang === "en" ? root : root.slice("../".length); // other languages have a folder of their own
    const path = (base) => iri.slice(base.length).split("/").map(encodeURIComponent).join("/");
    if (iri.startsWith(asking.id)) return `${home}id/${path(asking.id)}.html`;
    if (iri.startsWith(asking.concept)) return `${home}ontology.html#concept/${path(asking.concept)}`;
    return iri.startsWith(asking.term) ? `${home}ontology.html#${path(asking.term)}` : "";
  };

  /** Ask what the records of an answer are called. @returns {Promise<Names>} */
  const named = async ({ rows }) => {
    const iris = new Set(rows.flat().filter((term) => term?.type === "uri").map((term) => term.value));
    const ours = [...iris].filter((iri) => OURS.some((base) => iri.startsWith(base)));
    const names = new Map();
    if (!ours.length) return names;
    const values = ours.map((iri) => `<${iri}>`).join(" ");
    const found = await ask(`SELECT DISTINCT ?one ?name WHERE { VALUES ?one { ${values} } ?one rdfs:label ?name } ORDER BY ?one ?name`);
    for (const [one, name] of found.rows) {
      if (!names.has(one.value)) names.set(one.value, []);
      names.get(one.value).push({ lang: name["xml:lang"] ?? "", name: name.value });
    }
    return names;
  };

  /** Choose the name in the reader's language, or the nearest there is. @param {Names} names */
  const called = (iri, names) => {
    const known = names.get(iri) ?? [];
    const best = known.find((one) => one.lang === lang) ?? known.find((one) => one.lang === "en") ?? known[0];
    return best?.name ?? shorten(iri);
  };

  /** List the columns a page shows: not those that every row repeats of the request, nor names of records shown by name. */
  const shown = ({ columns, rows }, asked, namesOf, names) => {
    const repeats = (place) =>
      columns.some((name, other) => {
        if (other === place || asked.includes(name)) return false;
        const calls = (row) => (names.get(row[other]?.value) ?? []).some((one) => one.name === row[place].value);
        return rows.every((row) => !row[place] || calls(row));
      });
    return [...columns.keys()].filter((place) => !asked.includes(columns[place]) && !(namesOf.includes(columns[place]) && repeats(place)));
  };

  /** Let an identifier break at its slashes and nowhere else. */
  const breaking = (written) => written.split(/(?<=\/)/).flatMap((part, nth) => (nth ? [make("wbr"), part] : [part]));

  const cell = (term, names, label) => {
    if (!term) return make("td", { "data-label": label });
    const truth = { true: words.yes, false: words.no }[text(term)];
    const written = term.type !== "uri" ? (names && term.datatype?.endsWith("#boolean") && truth) || text(term) : names ? called(term.value, names) : text(term);
    const target = term.type === "uri" ? way(term.value) : "";
    const isCode = !names && term.type === "uri";
    const parts = isCode ? breaking(written) : [written];
    const inner = target ? [make("a", { href: target }, ...parts)] : parts;
    const kind = isNumber(term) ? "number" : !isCode && [...written].length > asking.long ? "prose" : "";
    return make("td", { "data-label": label, ...(kind && { class: kind }) }, ...(isCode ? [make("code", {}, ...inner)] : inner));
  };

  /**
   * Show an answer.
   * @param {HTMLElement} place
   * @param {Answer} answer
   * @param {{means?: Record<string, string>, asked?: string[], namesOf?: string[], names?: Names}} how
   */
  const table = (place, answer, { means = {}, asked = [], namesOf = [], names } = {}) => {
    place.replaceChildren();
    if (!answer.rows.length) return;
    const kept = names ? shown(answer, asked, namesOf, names) : [...answer.columns.keys()];
    const title = (name) => (means[name] ?? name).replace(/^./u, (first) => (means[name] ? first.toUpperCase() : first));
    const titles = kept.map((column) => title(answer.columns[column]));
    const heads = titles.map((one) => make("th", { scope: "col" }, one));
    const cells = (row) => kept.map((column, nth) => cell(row[column], names, titles[nth]));
    const rows = answer.rows.slice(0, asking.most).map((row) => make("tr", {}, ...cells(row)));
    place.append(make("table", {}, make("thead", {}, make("tr", {}, ...heads)), make("tbody", {}, ...rows)));
  };

  /** Say how much an answer holds. @param {Answer} answer */
  const told = ({ rows: { length: n } }) => {
    if (!n) return words.nothing;
    if (n > asking.most) return fill(words.some, { n: n.toLocaleString("en"), most: asking.most });
    return n === 1 ? words.row : fill(words.rows, { n });
  };

  /** Give an answer as a file to save; the one before is forgotten. @param {HTMLAnchorElement} link */
  const file = (link, content) => {
    if (link.href.startsWith("blob:")) URL.revokeObjectURL(link.href);
    link.href = URL.createObjectURL(new Blob([content], { type: "text/csv;charset=utf-8" }));
  };

  for (const button of document.querySelectorAll("[data-copy]")) {
    button.hidden = !navigator.clipboard;
    const label = button.textContent;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent.trim());
      button.textContent = words.copied;
      setTimeout(() => (button.textContent = label), 2000);
    });
  }

  Object.assign(window.cicte, { called, file, make, named, table, told, way });
})();
