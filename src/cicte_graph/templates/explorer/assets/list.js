"use strict";
// Narrows a list in the reader's browser as the server would, at once, and keeps what is chosen in the address.
{
  const served = document.documentElement.dataset.served === "yes";
  const form = /** @type {HTMLFormElement} */ (document.querySelector("form.facets"));
  const table = /** @type {HTMLTableElement} */ (document.querySelector("table.list"));
  const body = table.tBodies[0];
  const [shown, all, file] = [".shown strong", ".shown .all", ".shown .csv"].map((one) => document.querySelector(one));
  const empty = document.querySelector(".empty");
  const troubles = document.querySelector(".troubles");
  const code = document.querySelector(".sparql code");
  const copy = /** @type {HTMLButtonElement} */ (document.querySelector(".copy"));
  /** @type {HTMLSelectElement[]} */
  const facets = Array.from(form.querySelectorAll("select"));
  let rows = Array.from(body.rows);

  /** The value of each facet that is chosen, in the order in which they were chosen.
   * @typedef {Map<string, string>} Chosen */

  /** @param {string} sentence @param {Record<string, string | number>} values */
  const filled = (sentence, values) => sentence.replace(/\{(\w+)\}/g, (place, name) => String(values[name] ?? place));

  /** @param {HTMLTableRowElement} row @param {string} facet */
  const holds = (row, facet) => row.dataset[facet].split(" ");

  /** @param {Chosen} chosen @param {string} [but] a facet that does not count */
  const matching = (chosen, but) =>
    rows.filter((row) => Array.from(chosen).every(([name, value]) => name === but || holds(row, name).includes(value)));

  /** Reads the address: what is chosen, and a sentence on each thing that is not there.
   * @returns {{ chosen: Chosen, said: string[] }} */
  function read() {
    const chosen = new Map();
    const said = [];
    for (const [name, value] of new URLSearchParams(location.search)) {
      const facet = facets.find((one) => one.name === name);
      if (!facet) said.push(filled(form.dataset.unknown, { name }));
      else if (value && !Array.from(facet.options).some((option) => option.value === value))
        said.push(filled(facet.dataset.trouble, { value }));
      else if (value) chosen.set(name, value);
    }
    return { chosen, said };
  }

  /** @param {Iterable<[string, string]>} chosen */
  const asks = (chosen) => {
    const written = String(new URLSearchParams(Array.from(chosen)));
    return written && `?${written}`;
  };

  /** Shows the rows that hold everything chosen, and all that is said of them.
   * @param {Chosen} chosen @param {string[]} said */
  function show(chosen, said) {
    const left = new Set(matching(chosen));
    for (const row of rows) row.hidden = !left.has(row);
    for (const facet of facets) {
      facet.value = chosen.get(facet.name) ?? "";
      const found = matching(chosen, facet.name).flatMap((row) => holds(row, facet.name));
      for (const option of Array.from(facet.options).slice(1))
        option.text = `${option.dataset.label} (${found.filter((value) => value === option.value).length})`;
    }
    const address = location.pathname;
    shown.textContent = filled(shown.dataset.said, { shown: left.size, number: rows.length });
    all.hidden = chosen.size === 0;
    file.search = asks(chosen);
    empty.hidden = left.size > 0;
    const lift = empty.querySelector("a");
    const last = facets.find((one) => one.name === Array.from(chosen.keys()).at(-1));
    lift.href = address + asks(Array.from(chosen).slice(0, -1));
    lift.textContent = filled(lift.dataset.said, { choice: last?.labels[0].textContent ?? "" });
    troubles.replaceChildren(
      ...said.map((sentence) => Object.assign(document.createElement("p"), { textContent: sentence })),
    );
    code.textContent = code.textContent.replace(/^ {2}VALUES \(.*$/m, () => bound(chosen));
    for (const link of document.querySelectorAll(".languages a")) link.search = asks(chosen);
  }

  /** Writes what is chosen as the server does, as terms at the head of the query.
   * @param {Chosen} chosen */
  function bound(chosen) {
    const used = facets.filter((facet) => chosen.has(facet.name));
    const names = ["language", ...used.map((facet) => facet.name)].map((name) => `?${name}`);
    const language = JSON.stringify(document.documentElement.lang);
    const terms = [language, ...used.map((facet) => facet.selectedOptions[0].dataset.term)];
    return `  VALUES (${names.join(" ")}) { (${terms.join(" ")}) }`;
  }

  /** Fetches the other rows of a list that the server has narrowed. */
  async function complete() {
    if (!table.dataset.narrowed) return;
    const answer = await fetch(location.pathname);
    if (!answer.ok) throw new Error(`the server answers ${answer.status}`);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    delete table.dataset.narrowed;
    body.replaceChildren(...page.querySelector("table.list").tBodies[0].rows);
    rows = Array.from(body.rows);
  }

  /** @param {HTMLSelectElement} facet */
  async function choose(facet) {
    const { chosen } = read();
    chosen.delete(facet.name);
    if (facet.value) chosen.set(facet.name, facet.value);
    const address = location.pathname + asks(chosen);
    try {
      await complete();
      history.pushState(null, "", address);
    } catch {
      location.assign(address); // the rows cannot be had from here, or a file may not change its address
      return;
    }
    show(chosen, []);
  }

  async function restore() {
    try {
      await complete();
    } catch {
      location.reload();
      return;
    }
    const { chosen, said } = read();
    show(chosen, said);
  }

  /** @param {HTMLTableRowElement} row @param {number} column */
  function order(row, column) {
    const cell = row.cells[column];
    const text = (column ? cell : cell.querySelector("a")).textContent.trim();
    const none = cell.querySelector(".quiet") || text === "";
    return { none: Boolean(none), number: Number(cell.dataset.rank ?? text.replaceAll(",", "")), text };
  }

  /** @param {HTMLTableCellElement} head */
  function sort(head) {
    const falls = head.ariaSort ? head.ariaSort === "ascending" : head.classList.contains("number");
    const words = new Intl.Collator(document.documentElement.lang, { numeric: true });
    const keys = new Map(rows.map((row) => [row, order(row, head.cellIndex)]));
    const by = (one, other) =>
      Number.isNaN(one.number - other.number) ? words.compare(one.text, other.text) : one.number - other.number;
    rows.sort((a, b) => {
      const [one, other] = [keys.get(a), keys.get(b)];
      return Number(one.none) - Number(other.none) || (falls ? -1 : 1) * by(one, other);
    });
    body.replaceChildren(...rows);
    for (const each of head.parentElement.cells) each.removeAttribute("aria-sort");
    head.ariaSort = falls ? "descending" : "ascending";
  }

  for (const head of table.tHead.rows[0].cells) {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    button.addEventListener("click", () => sort(head));
    head.append(button);
  }

  function save() {
    const lines = Array.from(body.rows, (row) => (row.hidden ? "" : `${row.dataset.csv}\n`));
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([`${table.dataset.head}\n`, ...lines], { type: "text/csv;charset=utf-8" }));
    link.download = file.pathname.split("/").at(-1);
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  }

  if (!served)
    file.addEventListener("click", (event) => {
      event.preventDefault();
      save();
    });
  copy.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(code.textContent);
      copy.textContent = copy.dataset.done;
    } catch {
      getSelection().selectAllChildren(code); // a page may not copy everywhere, the reader may
    }
  });
  copy.hidden = false;
  form.querySelector(".do").hidden = true;
  form.addEventListener("change", (event) => choose(event.target));
  addEventListener("popstate", restore);
  if (!table.dataset.narrowed) restore();
}
