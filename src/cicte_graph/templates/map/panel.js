// The panel: what there is to say of what is chosen, each line of it with where it stands.
const panel = byId("panel");

/** A link to a record: the same view with that record chosen. */
function link(id, text = nameOf(id)) {
  const made = make("a", { href: address({ ...state, select: id }) }, text);
  made.onclick = (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    choose(id);
  };
  return made;
}
/** A small button that explains a line. */
const why = (line, of) => Object.assign(make("button", { type: "button", class: "why", "aria-label": `${word("why")} ${of}` }, word("why")), { onclick: () => choose(line) });
const soft = (...content) => make("p", { class: "soft" }, ...content);
const list = (items, kind = "ul") => make(kind, {}, items.map((item) => make("li", {}, item)));
const part = (title, ...content) => [make("h3", {}, title), ...content];

/** Where something stands: document, place, and a few words to find it by. */
function where(passages) {
  return make("ul", { class: "where" }, passages.map(([source, locator, anchor]) => make("li", {}, `${page.sources[source]}, `, make("span", { lang: "en" }, locator), ": ", make("q", { lang: "en" }, anchor))));
}

/** What a link is: stated by a text, curated, or derived by a rule. */
const statusName = (status) => say(page.statuses[status]).toLowerCase();
const basisName = (basis) => say(page.bases[basis]).toLowerCase();
const badge = (status) => make("span", { class: `status ${status}` }, statusName(status));

function basisOf(rest) {
  const confidence = `${word("confidence")}: ${say(page.confidences[rest.confidence]).toLowerCase()}`;
  if (rest.basis === rest.status) return confidence; // what is stated, the status says already
  const basis = rest.carried ? word("carried", { basis: basisName(rest.carried) }) : say(page.bases[rest.basis]);
  return `${basis} · ${confidence}`;
}

const grounds = (rest) => [badge(rest.status), " ", make("small", {}, basisOf(rest))];

/** One taking part: role, name as printed, where. */
function takingPart(found) {
  return found.map((one) => [
    soft([say(page.roles[one.role]), one.at && `${word("at")} ${say(one.at)}`, one.as.length && `${word("as")} “${one.as.join("”, “")}”`].filter(Boolean).join(" · ")),
    where(one.where),
  ]);
}

/** The mandates of a program, folded. */
function mandatesOf(program) {
  const rests = restsOf(program);
  if (!Object.hasOwn(programs, program)) return [];
  if (!rests.length) return [soft(word("rests_on_none"))];
  return make("details", {}, make("summary", {}, count(rests.length, "mandate")), list(rests.map((rest) => [link(rest.on), " ", grounds(rest), " ", why(`${rest.on}~${rest.program}`, nameOf(rest.on))])));
}

function organizationPanel(id) {
  const body = organizations[id];
  const others = namesOf(id).filter((name) => name !== say(body.label));
  const content = [soft([say(page.kinds[body.kind]), body.country && nameOf(body.country)].filter(Boolean).join(" · "))];
  if (others.length) content.push(soft(others.join(" · ")));
  const above = (body.parents ?? []).filter((one) => organizations[one]);
  if (above.length) content.push(make("p", {}, `${word("part_of")} `, above.map((one, n) => [n ? ", " : "", link(one)])));
  if (body.change && planIds.length > 1) {
    const through = body.change.through ?? [];
    content.push(make("p", { class: `change ${body.change.to}` }, word(through.length ? `${body.change.to}_through` : body.change.to, { names: listed(through.map(nameOf)) })));
  }
  const mine = [...(network.taking.get(id) ?? [])];
  if (!mine.length) content.push(make("p", {}, word("not_chosen")));
  for (const [program, found] of mine) {
    const without = Object.hasOwn(programs, program) ? leftWithout(id, program) : "";
    content.push(make("section", { class: "tie" }, make("h3", {}, link(program, programName(program))), takingPart(found), mandatesOf(program), without && make("p", { class: "loss" }, word(`without_${without}`, { kind: say(page.kinds[body.kind]).toLowerCase() }))));
  }
  if (mine.length && mine.every(([program]) => plans[program] || !leftWithout(id, program))) content.push(soft(word("no_loss")));
  const near = new Map();
  for (const program of programsOf(network, id)) for (const other of network.partners.get(program).keys()) if (other !== id) near.set(other, (near.get(other) ?? 0) + 1);
  if (near.size) {
    const rows = [...near].sort((a, b) => b[1] - a[1] || inOrder(nameOf(a[0]), nameOf(b[0])));
    const row = ([other, number]) => [link(other), number > 1 ? ` (${number}) ` : " ", why([id, other].sort().join("~"), nameOf(other))];
    content.push(part(`${word("neighbors")} (${rows.length})`, list(rows.slice(0, 12).map(row)), rows.length > 12 ? make("details", {}, make("summary", {}, word("more", { n: rows.length - 12 })), list(rows.slice(12).map(row))) : ""));
  }
  return [nameOf(id), content];
}

function programPanel(id) {
  const own = network.partners.get(id) ?? new Map();
  const content = [soft(Object.hasOwn(plans, id) ? say(plans[id].label) : [planName(planOf(id)), ...programs[id].areas.map((area) => say(page.areas[area]))].join(" · "))];
  if (!own.size) content.push(make("p", {}, word("no_partner")));
  const kinds = new Map();
  for (const body of own.keys()) kinds.set(organizations[body].kind, [...(kinds.get(organizations[body].kind) ?? []), body]);
  if (everyone.partners.get(id)?.size === 1) content.push(make("p", { class: "loss" }, word("only_partner")));
  if (own.size) {
    content.push(part(count(own.size, "organization"), [...kinds].sort((a, b) => b[1].length - a[1].length).map(([kind, bodies]) => make("details", { open: own.size < 16 }, make("summary", {}, `${say(page.kinds[kind])} (${bodies.length})`), list(bodies.sort((a, b) => inOrder(nameOf(a), nameOf(b))).map((body) => [link(body), " ", why(`${body}~${id}`, nameOf(body))]))))));
  }
  if (Object.hasOwn(programs, id)) {
    const rests = restsOf(id);
    content.push(part(word("rests_on"), rests.length ? list(rests.map((rest) => [link(rest.on), make("br"), grounds(rest), " ", why(`${rest.on}~${id}`, nameOf(rest.on))])) : soft(word("rests_on_none"))));
    const places = [...new Set(servedBy(id).map((one) => one.who))];
    if (places.length) content.push(part(word("served"), list(places.map((place) => [link(place), " ", why(`${id}~${place}`, nameOf(place))]))));
    const near = overlaps(network).filter(([one, other]) => one === id || other === id);
    if (near.length) content.push(part(word("shares_with"), list(near.map(([one, other, both]) => [link(one === id ? other : one, programName(one === id ? other : one)), `: ${both.map(shortOf).join(", ")}`]))));
  }
  return [programName(id), content];
}

function mandatePanel(id) {
  const rests = page.rests.filter((rest) => rest.on === id && chosenProgram(rest.program)).sort((a, b) => firmness(a) - firmness(b));
  const row = (rest) => [link(rest.program, programName(rest.program)), `: ${count(network.partners.get(rest.program)?.size ?? 0, "organization")}`, make("br"), grounds(rest), " ", why(`${id}~${rest.program}`, nameOf(rest.program))];
  return [nameOf(id), [make("p", {}, say(mandates[id].gist)), part(word("answered_by"), rests.length ? list(rests.map(row)) : soft(word("none_chosen")))]];
}

function countryPanel(id) {
  const bodies = [...network.taking.keys()].filter((one) => organizations[one].country === id).sort((a, b) => inOrder(nameOf(a), nameOf(b)));
  const served = page.served.filter((one) => one.who === id && chosenProgram(one.in));
  const content = [];
  if (countries[id].members) content.push(soft(word("members", { names: listed(countries[id].members.map(say)) })));
  if (bodies.length) content.push(part(`${word("bodies_of")} (${bodies.length})`, list(bodies.map((body) => [link(body), programsOf(network, body).length ? ": " : `: ${word("listed_only")}`, programsOf(network, body).map((program, n) => [n ? ", " : "", programName(program), " ", why(`${body}~${program}`, nameOf(body))])]))));
  if (served.length) content.push(part(word("served_in"), served.map((one) => make("section", { class: "tie" }, make("p", {}, link(one.in, programName(one.in)), one.at ? `, ${say(one.at)}` : ""), where(one.where)))));
  return [nameOf(id), content];
}

/** Why a line is drawn. */
function linePanel(one, other) {
  const title = `${shortOf(one)} – ${shortOf(other)}`;
  const both = [link(one), " – ", link(other)];
  if (organizations[one] && organizations[other]) {
    const by = shared(network, one, other);
    const content = [make("p", {}, both), make("p", {}, by.length ? word("together", { names: listed(by.map(programName)) }) : word("not_together"))];
    for (const program of by) {
      content.push(make("section", { class: "tie" }, make("h3", {}, link(program, programName(program))), [one, other].map((id) => [make("p", {}, link(id)), takingPart(network.taking.get(id).get(program))]), mandatesOf(program)));
    }
    return [title, content];
  }
  if (mandates[one]) {
    const rest = page.rests.find((each) => each.on === one && each.program === other);
    if (!rest) return [title, [make("p", {}, both), soft(word("not_together"))]];
    return [title, [make("p", {}, both), make("p", {}, grounds(rest)), part(word("asks"), make("p", {}, say(mandates[one].gist))), part(word("because"), make("p", {}, say(rest.why))), part(word("stands"), where(rest.where))]];
  }
  if (organizations[one]) {
    return [title, [make("p", {}, link(one), " – ", link(other, programName(other))), takingPart(network.taking.get(one)?.get(other) ?? []), mandatesOf(other)]];
  }
  if (countries[one]) {
    const bodies = [...(network.partners.get(other) ?? [])].filter(([body]) => organizations[body].country === one);
    return [title, [make("p", {}, link(one), " – ", link(other, programName(other))), bodies.map(([body, found]) => make("section", { class: "tie" }, make("h3", {}, link(body)), takingPart(found)))]];
  }
  const served = page.served.filter((each) => each.in === one && each.who === other);
  return [title, [make("p", {}, link(one, programName(one)), " – ", link(other)), soft(word("served")), served.map((each) => make("section", { class: "tie" }, each.at ? make("p", {}, say(each.at)) : "", where(each.where)))]];
}

/** What to see before anything is chosen: who holds the network together, where it overlaps, where it is thin. */
function overview() {
  const bodies = [...network.taking.keys()];
  const several = bodies.filter((id) => programsOf(network, id).length > 1);
  const tied = bodies.filter((id) => programsOf(network, id).length);
  const ids = [...network.partners.keys()].filter((id) => programs[id]);
  const content = [make("p", {}, word("summary", { bodies: count(tied.length, "organization"), programs: count(ids.length, "program"), several: several.length }))];
  const listedOnly = bodies.length - tied.length;
  if (listedOnly) content.push(make("p", {}, word("summary_listed", { bodies: count(listedOnly, "organization") })));
  if (state.plan === "all") {
    const number = (to, through) => bodies.filter((id) => organizations[id].change?.to === to && Boolean(organizations[id].change.through) === through && !organizations[id].change.told).length;
    content.push(make("p", {}, word("summary_change", { first: plans[planIds[0]].key, last: plans[latest].key, stayed: number("kept", false), through: number("kept", true), came: number("gained", false), went: number("lost", false) })));
  }
  const between = page.between[state.plan] ?? {};
  const top = several.filter((id) => between[id]).sort((a, b) => between[b] - between[a] || inOrder(nameOf(a), nameOf(b))).slice(0, 5);
  if (top.length) content.push(part(word("brokers"), list(top.map((id) => [link(id), ` (${between[id].toLocaleString(state.lang, { maximumFractionDigits: 2, minimumFractionDigits: 2 })}): ${programsOf(network, id).map(state.plan === "all" ? programName : nameOf).join(", ")}`]), "ol"), soft(word("betweenness"))));
  const most = overlaps(network).filter(([, , both]) => both.length > 1).slice(0, 5);
  if (most.length) content.push(part(word("overlap"), list(most.map(([one, other, both]) => [link(one, programName(one)), " – ", link(other, programName(other)), `: ${both.map(shortOf).join(", ")}`]))));
  const all = (id) => everyone.partners.get(id);
  const alone = ids.filter((id) => all(id).size === 1);
  const fewest = [...ids].sort((a, b) => all(a).size - all(b).size)[0];
  if (alone.length) content.push(part(word("thin"), list(alone.map((id) => [link(id, programName(id)), `: ${word("only", { name: nameOf([...all(id).keys()][0]) })}`]))));
  else if (fewest) content.push(part(word("thin"), make("p", {}, word("none_alone"), " ", link(fewest, programName(fewest)), ` (${all(fewest).size})`)));
  const none = Object.keys(programs).filter((id) => chosenProgram(id) && !page.parts.some((one) => one.in === id));
  if (none.length) content.push(make("details", {}, make("summary", {}, word("unpartnered", { programs: count(none.length, "program") })), list(none.map((id) => link(id, programName(id))))));
  content.push(soft(word("hint")));
  return [word("at_a_glance"), content];
}

/** Say what there is to say of what is chosen. */
function showPanel() {
  const ids = state.select ? state.select.split("~") : [];
  const kinds = { organization: organizationPanel, program: programPanel, plan: programPanel, mandate: mandatePanel, country: countryPanel };
  const [title, content] = ids.length === 2 ? linePanel(...ends(ids)) : ids.length === 1 ? kinds[typeOf(ids[0])](ids[0]) : overview();
  if (page.home && ids.length === 1) content.unshift(make("p", {}, make("a", { href: `id/${ids[0]}.html` }, word("record"))));
  byId("panel-title").textContent = title;
  byId("said").textContent = state.select ? title : "";
  byId("details").replaceChildren(...[content].flat(Infinity).filter((one) => one !== "" && one != null));
  byId("back").hidden = !state.select;
  later(() => { panel.scrollTop = 0; });
}

/** The ends of a line in the order in which it is explained. */
function ends([one, other]) {
  const order = state.select && programs[one] && countries[other] ? ["program", "country"] : ["mandate", "country", "organization", "program", "plan"];
  return [one, other].sort((a, b) => order.indexOf(typeOf(a)) - order.indexOf(typeOf(b)));
}
