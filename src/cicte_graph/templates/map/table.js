// The tables: the same points and lines as the drawing, in rows that sort by any column.
const TABLES = {
  points: {
    organization: [
      ["organization", nameOf], ["acronym", (id) => say(organizations[id].short) ?? ""], ["kind", (id) => say(page.kinds[organizations[id].kind])],
      ["country", (id) => (organizations[id].country ? nameOf(organizations[id].country) : "")],
      ["programs", (id) => [...(network.taking.get(id)?.keys() ?? [])].map(programName).join("; ")],
      ["number", (id) => programsOf(network, id).length], ["partners", (id) => neighborsOf(id).size],
      ["change", changeOf],
    ],
    program: [
      ["program", nameOf], ["plan", (id) => plans[planOf(id)].key], ["number_organizations", (id) => network.partners.get(id)?.size ?? 0],
      ["number_mandates", (id) => restsOf(id).length], ["served", (id) => [...new Set(servedBy(id).map((one) => nameOf(one.who)))].join("; ")],
    ],
    mandate: [["mandate", nameOf], ["asks", (id) => say(mandates[id].gist)], ["number", (id) => page.rests.filter((rest) => rest.on === id && chosenProgram(rest.program)).length]],
    country: [
      ["country", nameOf], ["number_organizations", (id) => [...network.taking.keys()].filter((one) => organizations[one].country === id && programsOf(network, one).length).length],
      ["number_served", (id) => new Set(page.served.filter((one) => one.who === id && chosenProgram(one.in)).map((one) => one.in)).size],
    ],
  },
};

function neighborsOf(id) {
  return new Set(programsOf(network, id).flatMap((program) => [...network.partners.get(program).keys()]).filter((other) => other !== id));
}

const lineColumns = [
  ["from", (line) => nameOf(line.ends[0])], ["to", (line) => nameOf(line.ends[1])],
  ["shown_because", (line) => lineLines(line)[1]], ["number", (line) => line.weight],
];

/** Fill the tables of the view, when they are looked at. */
function fillTables() {
  const place = byId("tables");
  place.replaceChildren();
  const bodies = [...view.drawn];
  const types = [...new Set(view.points.map((point) => (point.type === "plan" ? "program" : point.type)))].sort((a, b) => Object.keys(TABLES.points).indexOf(a) - Object.keys(TABLES.points).indexOf(b));
  for (const type of types) {
    const ids = [...new Set(view.points.filter((point) => (point.type === "plan" ? "program" : point.type) === type).map((point) => point.id))];
    place.append(...table(word(`table_${type}`, { n: ids.filter((id) => !plans[id]).length }), columnsOf(type), ids, (id) => id));
  }
  if (!types.includes("organization") && bodies.length) place.append(...table(word("table_organization", { n: bodies.length }), columnsOf("organization"), bodies, (id) => id));
  const lines = view.lines.map((line) => ({ ...line, ends: [line.one, line.other].map((key) => key.replace(/^home:/, "")) }));
  if (lines.length) place.append(...table(word("table_lines", { n: lines.length }), lineColumns, lines, (line) => line.id));
}

/** What changed is told only where plans are compared. */
const columnsOf = (type) => TABLES.points[type].filter(([name]) => name !== "change" || state.plan === "all");

function table(title, columns, rows, idOf) {
  const body = make("tbody");
  const made = rows.map((row) => {
    const values = columns.map(([, value]) => value(row));
    const first = link(idOf(row), values[0]);
    if (row.ends) first.setAttribute("aria-label", values.slice(0, 2).join(" – "));
    first.addEventListener("click", () => panel.focus());
    return { values, row: make("tr", {}, make("td", {}, first), values.slice(1).map((value) => make("td", String(value).length < 14 ? { class: "short" } : {}, String(value)))) };
  });
  const sort = (n, down) => {
    const order = (a, b, at) => (typeof a.values[at] === "number" ? a.values[at] - b.values[at] : inOrder(a.values[at], b.values[at]));
    made.sort((a, b) => order(a, b, n) * (down ? -1 : 1) || order(a, b, 0) || order(a, b, 1));
    body.replaceChildren(...made.map((one) => one.row));
  };
  const heads = columns.map(([name], n) => {
    const head = make("th", { scope: "col" }, make("button", { type: "button" }, word(name)));
    head.firstChild.onclick = () => {
      const down = head.getAttribute("aria-sort") === "ascending";
      for (const other of heads) other.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      sort(n, down);
    };
    return head;
  });
  sort(0, false);
  heads[0].setAttribute("aria-sort", "ascending");
  return [make("h3", {}, title), make("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": title }, make("table", {}, make("caption", { class: "hidden" }, title), make("thead", {}, make("tr", {}, heads)), body))];
}
