// The four views: each turns what is chosen into points, lines, discs and headings with places.
const LINE = 19; // characters of a program's name on one line, as in content.py
const LINES = 3;
const SEEN = 300; // organizations that a person can still read; more are drawn on demand
const ROW = 26; // between two names in a column, and two names of programs
const HIGH = 46;
const TALL = 52; // names in a column before another one is begun

/** Break a name into lines of about so many characters; what does not fit ends in an ellipsis. */
function broken(text, wide, most) {
  const lines = [""];
  for (const part of text.split(/\s+/)) {
    const last = lines.length - 1;
    if (!lines[last]) lines[last] = part;
    else if (lines[last].length + 1 + part.length <= wide) lines[last] += ` ${part}`;
    else lines.push(part);
  }
  const kept = lines.slice(0, most).map((line) => (line.length > wide + 2 ? `${line.slice(0, wide)}…` : line));
  if (lines.length > most) kept[most - 1] = `${kept[most - 1].slice(0, wide - 1).trimEnd()}…`;
  return kept;
}

/** Keep the best connected where there are more organizations than a person can read. */
function readable(ids, weight) {
  if (ids.length <= SEEN || state.all) return ids;
  return [...ids].sort((a, b) => weight(b) - weight(a) || inOrder(a, b)).slice(0, SEEN);
}

function bodyPoint(network, id, place) {
  const number = programsOf(network, id).length;
  return { id, type: "organization", ...place, size: 6.5 + 1.9 * Math.min(Math.max(number - 1, 0), 5), rank: number, lines: broken(shortOf(id), 15, 2), brief: [cut(shortOf(id), 11)] };
}

function programPoint(id, place, wide = LINE, most = LINES) {
  const year = state.plan === "all" && Object.hasOwn(programs, id) ? ` (${plans[planOf(id)].key})` : "";
  const name = nameOf(id) + year;
  return { id, type: planIds.includes(id) ? "plan" : "program", ...place, size: 5, rank: 99, lines: broken(name, wide, most), brief: [cut(nameOf(id), wide - year.length) + year] };
}

/** Discs of programs with their partners in and between them: the ground of two views. */
function ground(network, joined) {
  const least = state.least;
  const strength = new Map();
  for (const [one, other, by] of joined) for (const id of [one, other]) strength.set(id, (strength.get(id) ?? 0) + by.length);
  let bodies = [...network.taking.keys()].filter((id) => least === 1 || programsOf(network, id).length >= least);
  if (state.view === "organizations" && least > 1) bodies = bodies.filter((id) => strength.has(id));
  const all = bodies.length;
  bodies = readable(bodies, (id) => strength.get(id) ?? 0);
  const drawn = new Set(bodies);
  // a body of a program stands in the list of a plan only if it has no program at all
  const places = page.places[state.plan] ?? {};
  const discs = [...network.partners.keys()].filter((id) => places[id] && [...network.partners.get(id).keys()].some((body) => drawn.has(body)));
  return {
    all,
    drawn,
    points: [...discs.map((id) => programPoint(id, places[id])), ...bodies.map((id) => bodyPoint(network, id, places[id]))],
    discs: discs.map((id) => ({ id, ...places[id] })),
    heads: [],
  };
}

function organizationsView(network) {
  const joined = pairs(network, state.least);
  const view = ground(network, joined);
  const lines = joined.filter(([one, other]) => view.drawn.has(one) && view.drawn.has(other));
  view.lines = lines.map(([one, other, by]) => ({ id: `${one}~${other}`, one, other, by, weight: by.length, sort: "shared" })).sort((a, b) => a.weight - b.weight);
  return view;
}

function programsView(network) {
  const view = ground(network, pairs(network, 1));
  view.lines = [];
  for (const disc of view.discs) {
    for (const [body, parts] of network.partners.get(disc.id)) {
      if (view.drawn.has(body)) view.lines.push({ id: `${body}~${disc.id}`, one: body, other: disc.id, weight: 1, sort: rolesOf(parts)[0], roles: rolesOf(parts) });
    }
  }
  return view;
}

/** Order columns so that lines cross little: each by the mean place of its neighbors, in turn. */
function ordered(columns, lines, keep) {
  const place = new Map();
  const settle = (column) => column.forEach((id, n) => place.set(id, (n + 0.5) / column.length));
  columns.forEach(settle);
  const near = new Map();
  for (const [one, other] of lines) {
    near.set(one, [...(near.get(one) ?? []), other]);
    near.set(other, [...(near.get(other) ?? []), one]);
  }
  for (let round = 0; round < 8; round += 1) {
    for (const n of [0, 2, 1]) {
      const mean = (id) => { const at = (near.get(id) ?? []).map((one) => place.get(one)); return at.length ? at.reduce((sum, one) => sum + one, 0) / at.length : 1; };
      const means = new Map(columns[n].map((id) => [id, mean(id)]));
      columns[n].sort((a, b) => keep(a) - keep(b) || means.get(a) - means.get(b) || inOrder(a, b));
      settle(columns[n]);
    }
  }
  return columns;
}

/** Set columns side by side: names left of the first, in the middle one, right of the last. */
function inColumns(columns, heads, point) {
  const across = 176; // from one column of the last to the next
  const wraps = columns.map((column) => Math.ceil(column.length / TALL) || 1);
  const high = Math.max(...columns.map((column, n) => Math.ceil(column.length / wraps[n]) * (n === 1 ? HIGH : ROW)), 14 * ROW, (740 + (wraps[2] - 1) * across) * 1.5);
  const step = [0, 290, 270];
  const points = [];
  const tops = [];
  let x = 0;
  columns.forEach((column, n) => {
    x += step[n];
    const rows = Math.ceil(column.length / wraps[n]) || 1;
    column.forEach((id, m) => {
      // neighbors in order stay neighbors: a row is filled before the next
      const [row, wrap] = [Math.floor(m / wraps[n]), m % wraps[n]];
      points.push({ ...point(id, n), x: x + wrap * across, y: ((row + 0.5) / rows) * high - high / 2, side: ["left", "middle", "right"][n] });
    });
    if (column.length) tops.push({ x, y: -high / 2 - 30, text: heads[n], side: ["left", "middle", "right"][n] });
  });
  return { points, heads: tops };
}

function layersView(network) {
  const least = state.least;
  const bodies = [...network.taking.keys()].filter((id) => programsOf(network, id).length >= least || least === 1);
  const drawn = new Set(readable(bodies, (id) => programsOf(network, id).length));
  const filtered = state.role || state.country || state.without.size || least > 1;
  const middle = [...Object.keys(programs).filter((id) => chosenProgram(id) && (!filtered || network.partners.has(id))), ...planIds.filter((id) => network.partners.has(id))];
  const rests = page.rests.filter((rest) => middle.includes(rest.program));
  const lines = rests.map((rest) => ({ id: `${rest.on}~${rest.program}`, one: rest.on, other: rest.program, weight: 1, sort: rest.status, basis: rest.basis, curve: true }));
  for (const id of middle) {
    for (const [body, parts] of network.partners.get(id) ?? []) {
      if (drawn.has(body)) lines.push({ id: `${body}~${id}`, one: id, other: body, weight: 1, sort: rolesOf(parts)[0], roles: rolesOf(parts), curve: true });
    }
  }
  const columns = ordered([[...new Set(rests.map((rest) => rest.on))], middle, [...drawn]], lines.map((line) => [line.one, line.other]), (id) => planIds.indexOf(programs[id]?.plan ?? id));
  const put = inColumns(columns, [word("mandates"), word("programs"), word("organizations")], (id, n) => {
    if (n === 1) return programPoint(id, {}, 27, 2);
    if (n === 2) return { ...bodyPoint(network, id, {}), lines: [cut(shortOf(id), 15)] };
    return { id, type: "mandate", size: 6, rank: 50, lines: [cut(say(mandates[id].short), 28)] };
  });
  return { ...put, lines, discs: [], all: bodies.length, drawn };
}

const cut = (text, most) => (text.length > most ? `${text.slice(0, most - 1).trimEnd()}…` : text);

function countriesView(network) {
  const taking = new Map(); // country of bodies -> program -> bodies
  const serving = new Map(); // place served -> program
  const lines = [];
  const home = (id) => `home:${id}`;
  for (const [body] of network.taking) {
    const country = organizations[body].country;
    if (!country) continue;
    for (const program of programsOf(network, body)) {
      if (!taking.has(country)) taking.set(country, new Map());
      taking.get(country).set(program, [...(taking.get(country).get(program) ?? []), body]);
    }
  }
  for (const [country, by] of [...taking]) {
    for (const [program, bodies] of by) if (bodies.length < state.least) by.delete(program);
    if (!by.size) taking.delete(country);
    for (const [program, bodies] of by) lines.push({ id: `${country}~${program}`, one: home(country), other: program, weight: bodies.length, sort: "home", curve: true });
  }
  if (!state.role && !state.without.size && state.least === 1) {
    for (const one of page.served) {
      if (!chosenProgram(one.in) || (state.country && one.who !== state.country)) continue;
      if (!serving.has(one.who)) serving.set(one.who, new Set());
      serving.get(one.who).add(one.in);
    }
    for (const [place, by] of serving) for (const program of by) lines.push({ id: `${program}~${place}`, one: program, other: place, weight: 1, sort: "served", curve: true });
  }
  const middle = [...new Set(lines.map((line) => (line.sort === "home" ? line.other : line.one)))].sort((a, b) => Object.keys(programs).indexOf(a) - Object.keys(programs).indexOf(b));
  const columns = ordered([[...taking.keys()].map(home), middle, [...serving.keys()]], lines.map((line) => [line.one, line.other]), (id) => planIds.indexOf(programs[id]?.plan ?? id));
  const bodiesOf = (id) => new Set([...taking.get(id).values()].flat()).size;
  const put = inColumns(columns, [word("home"), word("programs"), word("served")], (id, n) => {
    if (n === 1) return programPoint(id, {}, 27, 2);
    const country = n === 0 ? id.slice(5) : id;
    const number = n === 0 ? bodiesOf(country) : serving.get(id).size;
    return { id: country, key: id, type: "country", size: 6 + Math.min(number, 8), rank: 50 + number, lines: [n === 0 ? `${cut(nameOf(country), 26)} · ${number}` : cut(nameOf(country), 30)] };
  });
  const drawn = new Set([...taking.values()].flatMap((by) => [...by.values()].flat()));
  return { ...put, lines, discs: [], all: drawn.size, drawn };
}

/** Work out the view chosen. */
function viewed(network) {
  const view = { organizations: organizationsView, programs: programsView, layers: layersView, countries: countriesView }[state.view](network);
  view.at = new Map(view.points.map((point) => [point.key ?? point.id, point]));
  return view;
}
