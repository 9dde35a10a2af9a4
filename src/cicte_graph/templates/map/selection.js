// Who takes part in what, of all that is chosen: what every view, panel and table is worked out from.

/** Whether a program or plan is within the plan and area chosen. */
function chosenProgram(id) {
  if (state.plan !== "all" && planOf(id) !== state.plan) return false;
  return !state.area || Boolean(programs[id]?.areas.includes(state.area));
}

/** Whether a part is of the role and country chosen, and of a kind that is. */
function chosenPart(part, anyKind = false) {
  const body = organizations[part.who];
  return (
    chosenProgram(part.in) &&
    (!state.role || part.role === state.role) &&
    (anyKind || !state.without.has(body.kind)) &&
    (!state.country || (state.country === "none" ? !body.country : body.country === state.country))
  );
}

/** Work out who takes part in what, as chosen, or everyone. */
function selected(parts = page.parts.filter((part) => chosenPart(part))) {
  const taking = new Map(); // organization -> program or plan -> parts
  const partners = new Map(); // program or plan -> organization -> parts
  for (const part of parts) {
    for (const [map, one, other] of [[taking, part.who, part.in], [partners, part.in, part.who]]) {
      if (!map.has(one)) map.set(one, new Map());
      if (!map.get(one).has(other)) map.get(one).set(other, []);
      map.get(one).get(other).push(part);
    }
  }
  return { parts, taking, partners };
}

/** The programs an organization takes part in; being named for a whole plan is no program. */
const programsOf = (network, id) => [...(network.taking.get(id)?.keys() ?? [])].filter((one) => Object.hasOwn(programs, one));

/** The programs that two organizations share. */
function shared(network, one, other) {
  const theirs = network.taking.get(other);
  return programsOf(network, one).filter((program) => theirs?.has(program));
}

/** Organizations joined by at least so many programs: [one, other, programs], each pair once. */
function pairs(network, least) {
  const joined = new Map();
  for (const [program, bodies] of network.partners) {
    if (!Object.hasOwn(programs, program)) continue;
    const members = [...bodies.keys()].sort();
    for (let n = 0; n < members.length; n += 1) {
      for (let m = n + 1; m < members.length; m += 1) {
        const key = `${members[n]}~${members[m]}`;
        if (!joined.has(key)) joined.set(key, []);
        joined.get(key).push(program);
      }
    }
  }
  return [...joined].filter(([, by]) => by.length >= least).map(([key, by]) => [...key.split("~"), by]);
}

/** Programs joined by shared partners: [one, other, organizations], most first. */
function overlaps(network) {
  const found = new Map();
  for (const body of network.taking.keys()) {
    const by = programsOf(network, body).sort();
    by.forEach((one, n) => by.slice(n + 1).forEach((other) => {
      const key = `${one}~${other}`;
      if (!found.has(key)) found.set(key, [one, other, []]);
      found.get(key)[2].push(body);
    }));
  }
  return [...found.values()].sort((a, b) => b[2].length - a[2].length || inOrder(nameOf(a[0]), nameOf(b[0])) || inOrder(nameOf(a[1]), nameOf(b[1])));
}

/** What a program would be left without if an organization withdrew, of all it has: every partner, or its kind. */
const everyone = selected(page.parts);
function leftWithout(organization, program) {
  const others = [...everyone.partners.get(program).keys()].filter((id) => id !== organization);
  if (!others.length) return "partner";
  return others.some((id) => organizations[id].kind === organizations[organization].kind) ? "" : "kind";
}

/** The mandates that a program rests on, the firmest first. */
const STATUSES = ["stated", "curated", "derived"];
const BASES = ["stated", "subject", "area", "carried-over"];
const firmness = (rest) => BASES.indexOf(rest.basis) * 10 + BASES.indexOf(rest.carried ?? "stated");
const restsOf = (program) => page.rests.filter((rest) => rest.program === program).sort((a, b) => firmness(a) - firmness(b) || inOrder(nameOf(a.on), nameOf(b.on)));
/** Whether there is something to say of two records together, whatever is filtered. */
function related(one, other) {
  const [first, second] = [typeOf(one), typeOf(other)];
  if (first === "organization" && second === "organization") return one !== other;
  if (first === "organization") return page.parts.some((part) => part.who === one && part.in === other);
  if (first === "mandate") return page.rests.some((rest) => rest.on === one && rest.program === other);
  if (first === "country" && second === "program") return page.parts.some((part) => part.in === other && organizations[part.who].country === one);
  return first === "program" && second === "country" && page.served.some((each) => each.in === one && each.who === other);
}

/** The roles of parts, the strongest first: as the list of roles has them in order of closeness. */
const ROLES = ["partner", "cooperating", "collaborator"];
const rolesOf = (parts) => [...new Set(parts.map((part) => part.role))].sort((a, b) => ROLES.indexOf(a) - ROLES.indexOf(b));
const servedBy = (program) => page.served.filter((one) => one.in === program);
