// What is looked at: view, plan, filters, selection, language. It stands in the address, so that a look can be sent.
const VIEWS = ["organizations", "programs", "layers", "countries"];
const planIds = Object.keys(plans);
const latest = planIds[planIds.length - 1] ?? "";
const CHOICES = {
  view: VIEWS,
  plan: planIds.length > 1 ? [...planIds, "all"] : planIds,
  role: ["", ...Object.keys(page.roles)],
  area: ["", ...Object.keys(page.areas)],
  country: ["", "none", ...Object.keys(countries).filter((id) => !countries[id].members)],
  lang: ["en", "es"],
};
// what the map was drawn to open on; an address says what differs from it
const { kinds: asked, ...given } = page.opening;
const opening = { ...given, plan: given.plan || latest, lang: page.language, least: 1, all: false };
const openingWithout = Object.keys(page.kinds).filter((kind) => asked.length && !asked.includes(kind));
const fresh = () => ({ ...opening, without: new Set(openingWithout), camera: null });
const state = fresh();

/** Read the state from the address; what the page does not hold is told, not guessed. */
function readAddress() {
  const unknown = [];
  Object.assign(state, fresh());
  for (const [name, value] of new URLSearchParams(location.hash.slice(1))) {
    if (name === "without") {
      state.without.clear();
      for (const kind of value.split(",").filter(Boolean)) Object.hasOwn(page.kinds, kind) ? state.without.add(kind) : unknown.push(kind);
    } else if (name === "least" && /^[1-9]\d?$/.test(value)) state.least = Number(value);
    else if (name === "all" && value === "1") state.all = true;
    else if (name === "select" && selectable(value)) state.select = value;
    else if (name === "at" && cameraOf(value)) state.camera = cameraOf(value);
    else if (name === "plan" && (planIds.find((id) => plans[id].key === value) || (["all", "compared"].includes(value) && planIds.length > 1))) {
      state.plan = planIds.find((id) => plans[id].key === value) ?? "all";
    } else if (name !== "plan" && Object.hasOwn(CHOICES, name) && CHOICES[name].includes(value)) state[name] = value;
    else unknown.push(`${name}=${value}`);
  }
  return unknown;
}

/** Whether an address may select it: nothing, a record, or two with something to say of them together. */
function selectable(value) {
  const ids = value.split("~");
  return !value || (ids.length === 1 && typeOf(value) !== "") || (ids.length === 2 && ids.every(typeOf) && related(...ids));
}

const SCALES = [0.05, 6];
const bounded = (scale) => Math.min(SCALES[1], Math.max(SCALES[0], scale));

/** Read what an address looks at: a place and a scale, or nothing if that is no place. */
function cameraOf(value) {
  const numbers = value.split(",").map(Number);
  const [x, y, scale] = numbers;
  return numbers.length === 3 && numbers.every(Number.isFinite) && scale > 0 && Math.abs(x) < 1e5 && Math.abs(y) < 1e5 ? { x, y, scale: bounded(scale) } : null;
}

/** Give the address of what is looked at. */
function address(look = state) {
  const told = new URLSearchParams();
  for (const name of ["view", "role", "area", "country", "lang", "least", "select"]) {
    if (look[name] !== opening[name]) told.set(name, look[name]);
  }
  if (look.plan !== opening.plan) told.set("plan", look.plan === "all" ? "all" : plans[look.plan].key);
  const without = [...look.without].sort().join(",");
  if (without !== openingWithout.sort().join(",")) told.set("without", without);
  if (look.all) told.set("all", "1");
  if (look.camera) told.set("at", [look.camera.x.toFixed(1), look.camera.y.toFixed(1), look.camera.scale.toFixed(3)].join(","));
  return `#${told.toString().replace(/%2F/g, "/").replace(/%2C/g, ",").replace(/%7E/g, "~")}`;
}

/** Write the address; what a reader would want to go back from is a step of its own. */
function writeAddress(step = false) {
  if (location.hash === address() || (!location.hash && address() === "#")) return;
  if (step) history.pushState(null, "", address());
  else history.replaceState(null, "", address());
}

/** Say in words what is looked at, for files and print. */
function toldState() {
  const told = [word(`view_${state.view}`)];
  if (state.plan) told.push(state.plan === "all" ? word("compared") : planName(state.plan));
  if (state.role) told.push(`${word("role")}: ${say(page.roles[state.role])}`);
  if (state.area) told.push(`${word("area")}: ${say(page.areas[state.area])}`);
  if (state.country) told.push(`${word("country")}: ${state.country === "none" ? word("no_country") : nameOf(state.country)}`);
  if (state.without.size) told.push(`${word("without")}: ${listed([...state.without].map((kind) => say(page.kinds[kind])))}`);
  if (state.least > 1) told.push(word(`least_${state.view}`, { n: state.least }));
  return told.join(" · ");
}
