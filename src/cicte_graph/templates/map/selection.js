// Who takes part in what, of all that is chosen: what every view, panel and table is worked out from.

/** Whether a program or plan is within the plan and area chosen. */
function chosenProgram(id) {
  if (state.plan !== "all" && planOf(id) !== state.plan) return false;
  return !state.area || Boolean(programs[id]?.areas.includes(state.area));
}

/** Work out who takes part in what, as chosen. */
function selected() {
  const parts = page.parts.filter((part) => {
    const body = organizations[part.who];
    return (
      chosenProgram(part.in) &&
      (!state.role || part.role === state.role) &&
      !state.without.has(body.kind) &&
      (!state.country || (state.country === "none" ? !body.country : body.country === state.country))
    );
  });
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
  const ids = [...network.partners.keys()].filter((id) => Object.hasOwn(programs, id));
  const found = [];
  ids.forEach((one, n) => ids.slice(n + 1).forEach((other) => {
    const both = [...network.partners.get(one).keys()].filter((body) => network.partners.get(other).has(body));
    if (both.length) found.push([one, other, both]);
  }));
  return found.sort((a, b) => b[2].length - a[2].length || inOrder(nameOf(a[0]), nameOf(b[0])) || inOrder(nameOf(a[1]), nameOf(b[1])));
}

/** What a program would be left without if an organization withdrew: every partner, or every one of its kind. */
function leftWithout(network, organization, program) {
  const others = [...network.partners.get(program).keys()].filter((id) => id !== organization);
  if (!others.length) return "partner";
  return others.some((id) => organizations[id].kind === organizations[organization].kind) ? "" : "kind";
}

/** The mandates that a program rests on, the firmest first. */
const BASES = ["stated", "subject", "area", "carried-over"];
const firmness = (rest) => BASES.indexOf(rest.basis) * 10 + BASES.indexOf(rest.carried ?? "stated");
const restsOf = (program) => page.rests.filter((rest) => rest.program === program).sort((a, b) => firmness(a) - firmness(b) || inOrder(nameOf(a.on), nameOf(b.on)));
const servedBy = (program) => page.served.filter((one) => one.in === program);
