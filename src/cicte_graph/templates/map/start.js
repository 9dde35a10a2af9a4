// The page around the drawing: its controls, in the language chosen, and what happens when one is used.

/** Choose what the panel speaks of: a record, a line (two records), or nothing. */
function choose(id) {
  notify("");
  const within = document.activeElement?.closest("#panel");
  state.select = id;
  const ids = id.split("~");
  if (ids.length === 1 && id) {
    const key = [...drawnPoints.keys()].find((one) => one === id || one === `home:${id}`);
    if (key) bring(key);
  }
  highlight();
  placeNames();
  showPanel();
  if (within) byId("panel-title").focus({ preventScroll: true });
  writeAddress(true);
}

/** Change what is looked at, and draw it; a view that is new is seen whole. */
function change(changes) {
  notify("");
  if ("lang" in changes) known = []; // the names offered are those of the language
  Object.assign(state, changes);
  if ("view" in changes || "plan" in changes) Object.assign(state, { camera: null, least: Math.min(state.least, mostShared()) });
  redraw();
  if (!state.camera) fit();
  else applyCamera();
  showControls();
  showPanel();
  if (byId("table").open) fillTables();
  writeAddress("view" in changes || "plan" in changes);
}

/** The highest number that the slider of the view makes sense for. */
function mostShared() {
  const found = selected();
  const most = (numbers) => numbers.reduce((one, other) => Math.max(one, other), 1);
  if (state.view === "organizations") return most(pairs(found, 1).map(([, , by]) => by.length));
  if (state.view === "countries") {
    const numbers = new Map();
    for (const [program, bodies] of found.partners) for (const body of bodies.keys()) {
      const key = `${organizations[body].country} ${program}`;
      if (organizations[body].country) numbers.set(key, (numbers.get(key) ?? 0) + 1);
    }
    return most([...numbers.values()]);
  }
  return most([...found.taking.keys()].map((id) => programsOf(found, id).length));
}

function radios(place, name, values, chosen, text) {
  place.replaceChildren(...values.map((value) => {
    const input = make("input", { type: "radio", name, value, checked: value === chosen });
    input.onchange = () => change({ [name]: value });
    return make("label", {}, input, make("span", {}, text(value)));
  }));
}

function choices(place, name, values, text) {
  place.replaceChildren(...values.map((value) => make("option", { value }, text(value))));
  place.value = state[name];
  place.onchange = () => change({ [name]: place.value });
}

/** Write every control in the language chosen and as the state is. */
function showControls() {
  document.documentElement.lang = state.lang;
  document.title = word("title");
  for (const element of document.querySelectorAll("[data-word]")) element.textContent = word(element.dataset.word);
  for (const element of document.querySelectorAll("[data-label]")) element.setAttribute("aria-label", word(element.dataset.label));
  const focus = document.activeElement?.matches("input[type=radio]") ? [document.activeElement.name, document.activeElement.value] : null;
  radios(byId("views"), "view", VIEWS, state.view, (view) => word(`view_${view}`));
  radios(byId("plans"), "plan", CHOICES.plan, state.plan, (id) => (id === "all" ? word("compared") : plans[id].key));
  radios(byId("languages"), "lang", CHOICES.lang, state.lang, (lang) => ({ en: "English", es: "Español" })[lang]);
  if (focus) document.querySelector(`input[name="${focus[0]}"][value="${CSS.escape(focus[1])}"]`)?.focus();
  choices(byId("role"), "role", CHOICES.role, (role) => (role ? say(page.roles[role]) : word("any")));
  choices(byId("area"), "area", ["", ...CHOICES.area.slice(1).filter((id) => Object.values(programs).some((one) => one.areas.includes(id) && (state.plan === "all" || one.plan === state.plan)) || id === state.area)], (id) => (id ? areaName(id) : word("any")));
  const homes = new Set(Object.values(organizations).map((one) => one.country));
  choices(byId("country"), "country", ["", ...CHOICES.country.slice(2).filter((id) => homes.has(id)).sort((a, b) => inOrder(nameOf(a), nameOf(b))), "none"], (id) => (id === "none" ? word("no_country") : id ? nameOf(id) : word("any")));
  const most = mostShared();
  const least = byId("least");
  least.setAttribute("aria-valuetext", word(`least_${state.view}`, { n: state.least }));
  Object.assign(least, { max: Math.max(most, state.least), value: state.least, disabled: most === 1 && state.least === 1 });
  byId("least-text").textContent = word(`least_${state.view}`, { n: state.least });
  showLegend();
  const filtered = [state.role, state.area, state.country].filter(Boolean).length + (state.without.size ? 1 : 0) + (state.least > 1 ? 1 : 0);
  byId("reset").hidden = !filtered;
  byId("shown").textContent = shownText();
  byId("all").hidden = view.drawn.size === view.all;
  byId("source").textContent = sourceLine();
  byId("version").textContent = version();
  byId("told").textContent = toldState();
  svg.setAttribute("aria-label", `${toldState()}. ${word("how_keys")}`);
  byId("search").placeholder = word("search");
}

function shownText() {
  const all = new Set(page.parts.filter((one) => state.plan === "all" || planOf(one.in) === state.plan).map((one) => one.who)).size;
  if (view.drawn.size < view.all) return word("strongest", { n: view.drawn.size, all: view.all });
  return word("shown", { n: view.drawn.size, all });
}

const areaName = (id) => (state.plan === "all" ? `${say(page.areas[id])} (${id.split("/")[1]})` : say(page.areas[id]));

/** The legend of kinds, which filters, and of what else the view draws. */
function showLegend() {
  const numbers = new Map();
  for (const part of page.parts) {
    const kind = organizations[part.who].kind;
    if (!numbers.has(kind)) numbers.set(kind, new Set());
    if (chosenPart(part, true)) numbers.get(kind).add(part.who);
  }
  const focus = document.activeElement?.closest?.("#kinds") ? document.activeElement.value : null;
  byId("kinds").replaceChildren(...kindIds.filter((kind) => numbers.has(kind)).map((kind) => {
    const input = make("input", { type: "checkbox", value: kind, checked: !state.without.has(kind) });
    input.onchange = () => { input.checked ? state.without.delete(kind) : state.without.add(kind); change({}); };
    const n = kindIds.indexOf(kind);
    return make("label", {}, input, markPicture(SHAPES[n % SHAPES.length], state.plan === "all" ? "plain" : `kind-${n % COLORS}`), make("span", { class: "kind" }, say(page.kinds[kind])), make("span", { class: "count" }, String(numbers.get(kind).size)));
  }));
  if (focus) document.querySelector(`#kinds input[value="${CSS.escape(focus)}"]`)?.focus();
  const sorts = [...new Set(view.lines.map((line) => line.sort))].sort((a, b) => STATUSES.indexOf(a) - STATUSES.indexOf(b));
  const bases = BASES.filter((basis) => view.lines.some((line) => line.basis === basis));
  if (view.lines.some((line) => line.sort === "shared" && line.weight > 1)) sorts.push("strong");
  const rows = sorts.map((sort) => [lineMark(sort), sort in page.statuses ? [badge(sort), `: ${word(`status_${sort}`)}`] : sort in page.roles ? say(page.roles[sort]) : word(`line_${sort}`)]);
  rows.push(...bases.map((basis, n) => [lineMark(`basis-${basis}`), n ? basisName(basis) : word("line_firm", { basis: basisName(basis) })]));
  if (state.plan === "all" && view.points.some((point) => point.type === "organization")) for (const to of ["kept", "gained", "lost"]) rows.push([markPicture(RING, `change-${to}`), word(to)]);
  byId("signs").replaceChildren(...rows.map(([mark, text]) => make("li", {}, mark, make("span", {}, text))));
}

const lineMark = (sort) => draw("svg", { viewBox: "0 0 26 12", width: 26, height: 12, class: "picture", "aria-hidden": "true" }, draw("path", { d: "M1 6H25", class: `line ${sort === "strong" ? "shared strong" : sort} sample` }));

// ---- search

let known = []; // every name in every language: { name, id }

function fillSearch() {
  known = [];
  const options = [];
  const add = (id, option, names) => {
    options.push(make("option", { value: option }));
    for (const name of new Set([option, ...names].filter(Boolean).map(lower))) known.push({ name, id });
  };
  for (const id of Object.keys(organizations)) add(id, shortOf(id) === nameOf(id) ? nameOf(id) : `${nameOf(id)} (${shortOf(id)})`, namesOf(id));
  for (const [id, one] of Object.entries(programs)) add(id, programName(id), both(one.label));
  for (const [id, one] of Object.entries(mandates)) add(id, nameOf(id), [...both(one.label), ...both(one.short)]);
  for (const [id, one] of Object.entries(countries)) add(id, nameOf(id), both(one.label));
  byId("names").replaceChildren(...options);
}

/** How well a name fits what is sought: the whole name, its beginning, a word's beginning, within; lower is better. */
function fits(name, wanted) {
  if (name === wanted) return 0;
  if (name.startsWith(wanted)) return 1;
  return name.includes(` ${wanted}`) || name.includes(`(${wanted}`) ? 2 : name.includes(wanted) ? 3 : 9;
}

/** Choose what a text names: the best fit, and of those as good what is drawn. */
function seek(text, loose) {
  const wanted = lower(text.trim());
  if (!wanted) return;
  if (!known.length) fillSearch();
  const drawn = new Set(view.points.map((point) => point.id));
  const ranked = known.map(({ name, id }) => [fits(name, wanted) * 2 + (drawn.has(id) ? 0 : 1), name.length, id]).filter(([rank]) => rank < (loose ? 18 : 2));
  const [best] = ranked.sort((a, b) => a[0] - b[0] || a[1] - b[1] || inOrder(a[2], b[2]));
  if (best) {
    choose(best[2]);
    if (!drawn.has(best[2])) notify(word("not_in_view", { name: nameOf(best[2]) }));
  } else if (loose) notify(word("not_found", { text: text.trim() }));
}

// a name taken from the list comes without a kind of typing; a name being typed waits for Enter
byId("search").addEventListener("input", (event) => { if (!event.inputType || event.inputType === "insertReplacementText") seek(event.target.value, false); });
byId("search").addEventListener("focus", () => { if (!known.length) fillSearch(); });
byId("search").addEventListener("keydown", (event) => {
  if (event.key === "Enter") seek(event.target.value, true);
  if (event.key === "Escape") event.stopPropagation();
});

// ---- the rest of the controls

byId("least").addEventListener("input", (event) => change({ least: Number(event.target.value) }));
byId("reset").onclick = () => {
  state.without.clear();
  change({ role: "", area: "", country: "", least: 1 });
  byId("kinds").querySelector("input")?.focus();
};
byId("all").onclick = () => change({ all: true });
byId("back").onclick = () => choose("");
byId("nearer").onclick = () => zoom(1.35);
byId("farther").onclick = () => zoom(1 / 1.35);
byId("whole").onclick = () => { notify(""); fit(); writeAddress(); };
byId("save-svg").onclick = saveSvg;
byId("save-png").onclick = savePng;
byId("print").onclick = () => print();
byId("copy").onclick = copyAddress;
byId("table").addEventListener("toggle", () => { if (byId("table").open) fillTables(); });
document.addEventListener("keydown", (event) => { if (event.key === "Escape") choose(""); });
addEventListener("hashchange", () => open());
let unfolded = [];
addEventListener("beforeprint", () => { unfolded = [...document.querySelectorAll("#panel details:not([open])")]; for (const one of unfolded) one.open = true; });
addEventListener("afterprint", () => { for (const one of unfolded) one.open = false; });
// on paper the drawing is as it was on the screen
new ResizeObserver(() => {
  if (matchMedia("print").matches || (stage.clientWidth === room().width && stage.clientHeight === room().height)) return;
  measured = null;
  later(() => { if (state.camera) lookAt(state.camera); else fit(); });
}).observe(stage);

/** Show what the address says. */
function open() {
  const unknown = readAddress();
  redraw();
  showControls();
  if (state.camera) lookAt(state.camera);
  else fit();
  known = [];
  showPanel();
  if (byId("table").open) fillTables();
  notify(unknown.length ? word("unknown", { names: unknown.join(", ") }) : "");
}

byId("filters").open = innerWidth > NARROW;
room(); // while the page is still light
open();
requestAnimationFrame(() => { document.documentElement.dataset.drawn = "yes"; });
