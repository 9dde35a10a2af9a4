// What the page holds, in the language chosen, and how a piece of the page is made. Texts enter as text only.
const page = JSON.parse(document.getElementById("page").textContent);
const words = JSON.parse(document.getElementById("words").textContent);
const { organizations, programs, plans, mandates, countries } = page;
const byId = (id) => document.getElementById(id);

/** Give a text in the language chosen. */
const say = (text) => (Array.isArray(text) ? text[state.lang === "es" ? 1 : 0] : text);

/** A text in every language it has. */
const both = (text) => (Array.isArray(text) ? text : [text]);

/** Give a phrase of the page, with values for its places in braces. */
function word(key, values = {}) {
  return words[state.lang][key].replace(/\{(\w+)\}/g, (_, name) => values[name]);
}

/** Say how many there are of something: `one_program` and `many_programs` are phrases. */
const count = (number, thing) => (number === 1 ? word(`one_${thing}`) : word(`many_${thing}`, { n: number }));

/** Name several things in a sentence. */
function listed(names) {
  return new Intl.ListFormat(state.lang, { type: "conjunction" }).format(names);
}

/** Make an element of the page of texts and other elements. */
function make(tag, attributes = {}, ...content) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== false && value != null) element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...content.flat(Infinity).filter((part) => part != null && part !== ""));
  return element;
}

/** Make an element of the drawing. */
function draw(tag, attributes = {}, ...content) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) if (value != null) element.setAttribute(name, value);
  element.append(...content);
  return element;
}

const lower = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
const collators = { en: new Intl.Collator("en"), es: new Intl.Collator("es") };
const inOrder = (one, other) => collators[state.lang].compare(one, other);
const planName = (id) => `${plans[id].key} (${say(plans[id].status).toLowerCase()})`;

/** What any record of the page is called. */
function nameOf(id) {
  const kind = typeOf(id);
  if (kind === "organization") return say(organizations[id].label);
  if (kind === "program") return say(programs[id].label);
  if (kind === "plan") return word("whole_plan", { plan: plans[id].key });
  if (kind === "mandate") return say(mandates[id].label);
  return say(countries[id].label);
}

/** What a record of the page is, from its identifier; nothing if the page does not hold it. */
function typeOf(id) {
  if (Object.hasOwn(organizations, id)) return "organization";
  if (Object.hasOwn(programs, id)) return "program";
  if (Object.hasOwn(plans, id)) return "plan";
  if (Object.hasOwn(mandates, id)) return "mandate";
  if (Object.hasOwn(countries, id)) return "country";
  return "";
}

/** Every name of an organization, in every language. */
function namesOf(id) {
  const { label, short, names } = organizations[id];
  return [...new Set([...both(label), ...both(short ?? ""), ...(names ?? [])])].filter(Boolean);
}

/** The name that fits a drawing: an acronym where there is one. */
const shortOf = (id) => say(organizations[id]?.short) || nameOf(id);
const planOf = (id) => (Object.hasOwn(plans, id) ? id : programs[id].plan);

/** A program with its plan, since both plans may have one of a name. */
const programName = (id) => (Object.hasOwn(plans, id) ? nameOf(id) : `${nameOf(id)} (${plans[programs[id].plan].key})`);
