// The drawing: points, lines and names as SVG, a camera over them, and what a pointer or a key does to it.
const stage = byId("stage");
const svg = byId("drawing");
const world = byId("world");
const measure = document.createElement("canvas").getContext("2d");
let network; // who takes part in what, as chosen
let view; // and what is drawn of it
let drawnPoints = new Map(); // key -> { point, group, mark, text }
let drawnLines = new Map(); // id -> { line, element, path }
let camera = { x: 0, y: 0, scale: 1 };
let focused = "";
let ways = null; // where the arrow keys lead from each point

const keyOf = (point) => point.key ?? point.id;
let measured = null;
/** The size of the stage, in pixels, asked for once until it changes. */
const room = () => (measured ??= { width: stage.clientWidth || 800, height: stage.clientHeight || 600 });

/** What a point says to a reader who hears it. */
function spoken(point) {
  if (point.type === "organization") {
    const by = programsOf(network, point.id);
    return [nameOf(point.id), say(page.kinds[organizations[point.id].kind]), by.length ? count(by.length, "program") : word("listed_only"), changeOf(point.id)].filter(Boolean).join(", ");
  }
  if (point.type === "program") return `${programName(point.id)}, ${count(network.partners.get(point.id)?.size ?? 0, "organization")}`;
  return nameOf(point.id);
}

function changeOf(id) {
  const change = state.plan === "all" ? organizations[id]?.change : null;
  return change ? word(change.through ? `${change.to}_through` : change.to, { names: listed((change.through ?? []).map(shortOf)) }) : "";
}

/** The path of a line, and points along it to tell how far a pointer is. */
function pathOf(line) {
  const [one, other] = [view.at.get(line.one), view.at.get(line.other)];
  if (!line.curve) return { path: `M${one.x} ${one.y}L${other.x} ${other.y}`, along: [[one.x, one.y], [other.x, other.y]] };
  const [from, to] = [one.x + (one.side === "middle" ? 104 : 9), other.x - (other.side === "middle" ? 104 : 9)];
  const bend = (to - from) * 0.5;
  const along = [];
  for (let n = 0; n <= 10; n += 1) {
    const t = n / 10;
    const [a, b, c, d] = [(1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t ** 3];
    along.push([a * from + b * (from + bend) + c * (to - bend) + d * to, (a + b) * one.y + (c + d) * other.y]);
  }
  return { path: `M${from} ${one.y}C${from + bend} ${one.y} ${to - bend} ${other.y} ${to} ${other.y}`, along };
}

/** Draw the view anew. */
function redraw() {
  network = selected();
  view = viewed(network);
  drawnPoints = new Map();
  drawnLines = new Map();
  ways = null;
  const discs = draw("g", { class: "discs" });
  for (const disc of view.discs) {
    if (disc.band) discs.append(draw("rect", { x: disc.band[0], y: disc.band[1], width: disc.band[2], height: disc.band[3], rx: 24, class: "disc whole" }));
    else discs.append(draw("circle", { cx: disc.x, cy: disc.y, r: disc.radius, class: "disc" }));
  }
  const lines = draw("g", { class: "lines" });
  const members = new Map(view.discs.map((disc) => [disc.id, disc]));
  for (const line of view.lines) {
    const { path, along } = pathOf(line);
    // two partners in one disc share its program: the disc says so, and a line there is drawn faintly
    const [one, other] = [view.at.get(line.one), view.at.get(line.other)];
    const disc = line.weight === 1 && members.get(line.by?.[0]);
    const inside = disc && within(disc, one) && within(disc, other);
    const width = line.sort === "shared" ? 1 + Math.min(line.weight - 1, 4) * 1.7 : line.sort === "home" ? 0.8 + Math.min(line.weight, 8) * 0.6 : null;
    const element = draw("path", { d: path, class: `line ${line.sort}${line.basis ? ` basis-${line.basis}` : ""}${inside ? " inside" : ""}${line.weight > 1 ? " strong" : ""}`, "stroke-width": width, "vector-effect": "non-scaling-stroke" });
    drawnLines.set(line.id, { line, element, along });
    lines.append(element);
  }
  const points = draw("g", { class: "points" });
  for (const point of view.points) {
    const group = draw("g", { class: `point ${point.type} ${point.side ?? "under"}`, transform: `translate(${point.x} ${point.y})`, role: "button", tabindex: "-1", "aria-label": spoken(point) });
    group.dataset.key = keyOf(point);
    const mark = markOf(point);
    if (mark) group.append(draw("path", { d: mark.path, class: `mark ${mark.name}`, "vector-effect": "non-scaling-stroke" }));
    points.append(group);
    drawnPoints.set(keyOf(point), { point, group, mark: group.firstChild });
  }
  const heads = draw("g", { class: "heads" });
  for (const head of view.heads) heads.append(draw("text", { x: head.x, y: head.y, class: `head ${head.side}` }, head.text));
  world.replaceChildren(discs, lines, points, heads);
  const first = drawnPoints.get(focused) ?? drawnPoints.values().next().value;
  focused = first ? keyOf(first.point) : "";
  first?.group.setAttribute("tabindex", "0");
  byId("empty").hidden = view.points.length > 0;
  byId("empty").textContent = view.points.length ? "" : emptyReason();
  highlight();
}

const within = (disc, point) => disc.radius && Math.hypot(disc.x - point.x, disc.y - point.y) < disc.radius;

/** Say why nothing is drawn, and what to change. */
function emptyReason() {
  if (!page.parts.length) return word("nobody");
  const narrowed = state.role || state.area || state.country || state.without.size;
  return state.least > 1 && !narrowed ? word("empty_least", { n: state.least }) : word("empty", { chosen: toldState() });
}

// ---- names: the size a reader can read at any distance, and none over another

const FONT = 'px system-ui, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif';
const isBold = (point) => point.type === "program" || point.type === "plan";

/** The height of a name on the screen, in pixels. */
const nameSize = (scale) => Math.min(14, Math.max(9.5, 11.5 * Math.sqrt(scale * 1.25)));

const widths = { 400: new Map(), 650: new Map() }; // of letters at a size of 1, each measured once
function nameWidth(point, size, lines = point.lines) {
  const weight = isBold(point) ? 650 : 400;
  let most = 0;
  for (const line of lines) {
    let wide = 0;
    for (const letter of line) {
      if (!widths[weight].has(letter)) {
        measure.font = `${weight} 100${FONT}`;
        widths[weight].set(letter, measure.measureText(letter).width / 100);
      }
      wide += widths[weight].get(letter);
    }
    most = Math.max(most, wide);
  }
  return most * (isBold(point) ? size * 1.06 : size) + 4;
}

function placeNames() {
  const size = nameSize(camera.scale);
  const grid = new Map();
  const cells = (box) => {
    const found = [];
    for (let x = Math.floor(box[0] / 80); x <= Math.floor(box[2] / 80); x += 1) for (let y = Math.floor(box[1] / 40); y <= Math.floor(box[3] / 40); y += 1) found.push(x * 10000 + y);
    return found;
  };
  const free = (box) => cells(box).every((cell) => (grid.get(cell) ?? []).every((other) => box[2] <= other[0] || other[2] <= box[0] || box[3] <= other[1] || other[3] <= box[1]));
  const take = (box) => { for (const cell of cells(box)) grid.has(cell) ? grid.get(cell).push(box) : grid.set(cell, [box]); };
  const { width, height } = room();
  const grown = Math.max(1, 0.85 / Math.sqrt(camera.scale)); // a mark shrinks less than the map, so that its shape can be told from afar
  const all = [...drawnPoints.values()];
  for (const { point, mark } of all) {
    point.radius = point.size * grown;
    mark?.setAttribute("transform", `scale(${point.radius})`);
    const [x, y] = [point.x * camera.scale + camera.x, point.y * camera.scale + camera.y];
    const half = point.radius * camera.scale * 0.7;
    if (mark) take([x - half, y - half, x + half, y + half]);
  }
  for (const { point, group, mark } of all.sort((a, b) => urgency(b) - urgency(a))) {
    const [x, y] = [point.x * camera.scale + camera.x, point.y * camera.scale + camera.y];
    const near = x > -150 && x < width + 150 && y > -60 && y < height + 60;
    const must = ["chosen", "hover", "focus"].some((name) => group.classList.contains(name));
    const sides = point.side || isBold(point) ? [false] : [false, true];
    const ways = [point.lines, point.brief].filter(Boolean).flatMap((lines) => sides.map((above) => ({ lines, above })));
    const way = near && ways.find((each) => must || free(nameBox(point, x, y, size, each)));
    // a point has a name only where it has room for one: below it, or else above
    const text = group.lastChild === mark ? null : group.lastChild;
    if (!way) { text?.remove(); continue; }
    take(nameBox(point, x, y, size, way));
    setName(text ?? group.appendChild(draw("text")), point, way, isBold(point) ? size * 1.06 : size);
  }
  for (const head of world.querySelectorAll(".head")) head.setAttribute("font-size", (size * 1.1) / camera.scale);
}

/** The room of a name on the screen: left, top, right, bottom. */
function nameBox(point, x, y, size, { lines, above }) {
  const wide = nameWidth(point, size, lines);
  const high = lines.length * size * (isBold(point) ? 1.23 : 1.16) + 1;
  const mark = point.radius * camera.scale;
  const left = point.side === "left" ? x - mark - 4 - wide : point.side === "right" ? x + mark + 4 : x - wide / 2;
  const top = point.side || isBold(point) ? y - high / 2 : above ? y - mark * 0.9 - 1 - high : y + mark * 0.9 + 1;
  return [left, top, left + wide, top + high];
}

function setName(text, point, { lines, above }, size) {
  const em = size / camera.scale;
  const [x, anchor] = point.side === "left" ? [-point.radius - 4 / camera.scale, "end"] : point.side === "right" ? [point.radius + 4 / camera.scale, "start"] : [0, "middle"];
  const high = lines.length * em * 1.16;
  const first = point.side || isBold(point) ? -high / 2 + em * 0.93 : above ? -point.radius * 0.9 - high + em * 0.9 : point.radius * 0.9 + em * 1.02;
  text.setAttribute("font-size", em);
  text.setAttribute("text-anchor", anchor);
  text.replaceChildren(...lines.map((line, n) => draw("tspan", { x, y: first + n * em * 1.16 }, line)));
}

const urgency = ({ point, group }) => (group.classList.contains("chosen") ? 1000 : 0) + (group.classList.contains("near") ? 200 : 0) + (isBold(point) ? 50 : 0) + point.rank;

// ---- camera

function applyCamera() {
  keepInSight();
  stage.classList.toggle("whole", !state.camera);
  if (!matchMedia("print").matches) svg.setAttribute("viewBox", `0 0 ${room().width} ${room().height}`);
  world.setAttribute("transform", `translate(${camera.x} ${camera.y}) scale(${camera.scale})`);
  placeNames();
}

/** What the points take up with their names, which are as large on the screen at any scale. */
function extent(scale) {
  const boxes = view.points.map((point) => {
    const { radius, band } = (!point.side && page.places[state.plan]?.[point.id]) || {};
    if (band) return [band[0], band[1], band[0] + band[2], band[1] + band[3]];
    const wide = nameWidth(point, nameSize(scale)) / scale;
    if (radius) {
      const across = Math.max(radius, wide / 2) + 4;
      return [point.x - across, point.y - radius - 4, point.x + across, point.y + radius + 4];
    }
    const [left, right] = { left: [wide + 14 / scale, 12], right: [12, wide + 16 / scale] }[point.side] ?? [wide / 2, wide / 2];
    return [point.x - left, point.y - 18, point.x + right, point.y + 30];
  });
  for (const head of view.heads) {
    const wide = (nameWidth({ type: "program" }, nameSize(scale) * 1.1, [head.text]) + 6) / scale;
    const left = { left: wide, middle: wide / 2, right: 0 }[head.side];
    boxes.push([head.x - left, head.y - 24, head.x + wide - left, head.y]);
  }
  return boxes.reduce((all, box) => [Math.min(all[0], box[0]), Math.min(all[1], box[1]), Math.max(all[2], box[2]), Math.max(all[3], box[3])], [Infinity, Infinity, -Infinity, -Infinity]);
}

/** Show all there is. */
function fit() {
  if (!view.points.length) return;
  const { width, height } = room();
  let scale = 0.8;
  let [left, top, right, bottom] = [0, 0, 0, 0];
  for (let round = 0; round < 8; round += 1) {
    [left, top, right, bottom] = extent(scale);
    scale = Math.max(0.05, Math.min((width - 16) / (right - left), (height - 16) / (bottom - top), 1.6));
  }
  camera = { scale, x: width / 2 - ((left + right) / 2) * scale, y: height / 2 - ((top + bottom) / 2) * scale };
  // columns that the stage of a phone would make unreadable are shown from their top, to be moved over
  if (view.heads.length && scale < 0.5 && width < 520) {
    const middle = view.heads.find((head) => head.side === "middle") ?? view.heads[0];
    camera = { scale: 0.62, x: width / 2 - middle.x * 0.62, y: 14 - top * 0.62 };
  }
  state.camera = null;
  applyCamera();
}

/** Keep some of the drawing on the stage, however far it is pushed. */
function keepInSight() {
  if (!view.points.length) return;
  const { width, height } = room();
  const [xs, ys] = [view.points.map((point) => point.x * camera.scale + camera.x), view.points.map((point) => point.y * camera.scale + camera.y)];
  const back = (low, high, most) => (low > most - 60 ? most - 60 - low : high < 60 ? 60 - high : 0);
  camera.x += back(Math.min(...xs), Math.max(...xs), width);
  camera.y += back(Math.min(...ys), Math.max(...ys), height);
}

/** Keep the middle of what is seen in the state, so that an address shows it on any screen. */
function rememberCamera() {
  const { width, height } = room();
  state.camera = { x: (width / 2 - camera.x) / camera.scale, y: (height / 2 - camera.y) / camera.scale, scale: camera.scale };
  // browsers take only so many addresses in a while: a wheel that turns is written when it rests
  clearTimeout(resting);
  resting = setTimeout(writeAddress, 150);
}

function lookAt({ x, y, scale }) {
  const { width, height } = room();
  camera = { scale, x: width / 2 - x * scale, y: height / 2 - y * scale };
  applyCamera();
}

function zoom(factor, at = { x: room().width / 2, y: room().height / 2 }) {
  const scale = bounded(camera.scale * factor);
  notify("");
  camera = { scale, x: at.x - ((at.x - camera.x) * scale) / camera.scale, y: at.y - ((at.y - camera.y) * scale) / camera.scale };
  later(applyCamera);
  rememberCamera();
}

let resting = 0;
let waiting = 0;
let waitingFor = new Set();
/** Do something before the next frame, once, however often it is asked for. */
function later(work) {
  waitingFor.add(work);
  waiting ||= requestAnimationFrame(() => {
    waiting = 0;
    const works = waitingFor;
    waitingFor = new Set();
    for (const one of works) one();
  });
}

/** Bring a point onto the stage if it is not there. */
function bring(key) {
  const drawn = drawnPoints.get(key);
  if (!drawn) return;
  const { width, height } = room();
  const [x, y] = [drawn.point.x * camera.scale + camera.x, drawn.point.y * camera.scale + camera.y];
  if (x > 30 && y > 30 && x < width - 30 && y < height - 30) return;
  lookAt({ x: drawn.point.x, y: drawn.point.y, scale: camera.scale });
  rememberCamera();
}

// ---- what is chosen, and what is near it

/** The records that have to do with one: what the view shows of them stands out with it. */
function kin(id) {
  const bodies = (program) => [...(network.partners.get(program)?.keys() ?? [])];
  const found = new Set();
  const type = typeOf(id);
  let by = [];
  if (type === "organization") {
    by = [...(network.taking.get(id)?.keys() ?? [])];
    if (state.view === "organizations") for (const program of programsOf(network, id)) for (const body of bodies(program)) found.add(body);
  } else if (type === "mandate") by = page.rests.filter((rest) => rest.on === id && chosenProgram(rest.program)).map((rest) => rest.program);
  else if (type === "country") {
    for (const [body, own] of network.taking) if (organizations[body].country === id) { found.add(body); for (const program of own.keys()) by.push(program); }
    for (const one of page.served) if (one.who === id && chosenProgram(one.in)) by.push(one.in);
  } else by = [id];
  for (const program of by) {
    found.add(program);
    if (type === "program" || type === "plan" || type === "mandate") for (const body of bodies(program)) found.add(body);
    if (type === "program" || type === "organization") for (const rest of page.rests) if (rest.program === program) found.add(rest.on);
    if (type === "program") for (const one of page.served) if (one.in === program) found.add(one.who);
    if (type === "program") for (const body of bodies(program)) if (organizations[body].country) found.add(organizations[body].country);
  }
  return found;
}

/** Make what is chosen stand out, with what has to do with it, and the rest step back. */
function highlight() {
  const ids = state.select ? state.select.split("~") : [];
  const near = new Set(ids.length === 1 ? kin(ids[0]) : ids.length === 2 ? ids : []);
  const plain = (key) => key.replace(/^home:/, "");
  const any = ids.length > 0 && [...drawnPoints.values()].some(({ point }) => ids.includes(point.id) || near.has(point.id));
  world.classList.toggle("picked", any);
  for (const { point, group } of drawnPoints.values()) {
    group.classList.toggle("chosen", ids.includes(point.id));
    group.classList.toggle("near", near.has(point.id));
    group.setAttribute("aria-pressed", String(ids.includes(point.id)));
  }
  for (const [id, { line, element }] of drawnLines) {
    const ends = [plain(line.one), plain(line.other)];
    const on = ids.length === 2 ? id === state.select || (line.sort === "shared" && id === ids.toReversed().join("~")) : near.size > 0 && ends.every((end) => ids.includes(end) || near.has(end)) && lit(ids[0], ends);
    element.classList.toggle("near", on);
  }
}

/** Whether a line between what stands out belongs to what is chosen. */
function lit(id, ends) {
  if (ends.includes(id)) return true;
  const type = typeOf(id);
  if (type === "country") return ends.some((end) => organizations[end]?.country === id);
  if (type === "mandate") return state.view !== "organizations" && ends.some((end) => programs[end]);
  return type === "organization" && state.view === "layers" && ends.some((end) => mandates[end]);
}

// ---- pointer

const hover = byId("hover");
const NARROW = 740; // as in map.css
let hovered = null;

function lineAt(x, y, reach) {
  const [wx, wy] = [(x - camera.x) / camera.scale, (y - camera.y) / camera.scale];
  let best = null;
  let least = reach / camera.scale;
  for (const drawn of drawnLines.values()) {
    if (world.classList.contains("picked") && !drawn.element.classList.contains("near")) continue;
    for (let n = 1; n < drawn.along.length; n += 1) {
      const [[ax, ay], [bx, by]] = [drawn.along[n - 1], drawn.along[n]];
      const long = (bx - ax) ** 2 + (by - ay) ** 2 || 1;
      const t = Math.min(1, Math.max(0, ((wx - ax) * (bx - ax) + (wy - ay) * (by - ay)) / long));
      const far = Math.hypot(wx - ax - t * (bx - ax), wy - ay - t * (by - ay));
      if (far < least) [best, least] = [drawn, far];
    }
  }
  return best;
}

/** What a pointer means: the point it is on or, within reach, nearest to; else a line. */
function whatIsAt(event, reach) {
  const box = stage.getBoundingClientRect();
  const [x, y] = [event.clientX - box.left, event.clientY - box.top];
  const group = event.target.closest?.(".point");
  if (group) return drawnPoints.get(group.dataset.key);
  let [best, least] = [null, reach * 1.4];
  for (const drawn of drawnPoints.values()) {
    if (isBold(drawn.point)) continue; // a program is its name, which is large enough to hit
    const far = Math.hypot(drawn.point.x * camera.scale + camera.x - x, drawn.point.y * camera.scale + camera.y - y);
    if (far < least) [best, least] = [drawn, far];
  }
  return best ?? lineAt(x, y, reach);
}

function tell(found, event) {
  if (hovered !== found) {
    (hovered?.group ?? hovered?.element)?.classList.remove("hover");
    hovered = found;
    (found?.group ?? found?.element)?.classList.add("hover");
    if (!found || found.group) later(placeNames);
  }
  hover.hidden = !found;
  stage.classList.toggle("pointing", Boolean(found));
  if (!found) return;
  const lines = found.group ? pointLines(found.point) : lineLines(found.line);
  hover.replaceChildren(...lines.filter(Boolean).map((text, n) => make(n ? "span" : "strong", {}, text)));
  const box = stage.getBoundingClientRect();
  hover.style.left = `${Math.max(4, Math.min(event.clientX - box.left + 14, box.width - hover.offsetWidth - 6))}px`;
  hover.style.top = `${Math.max(4, Math.min(event.clientY - box.top + 16, box.height - hover.offsetHeight - 6))}px`;
}

function pointLines(point) {
  if (point.type !== "organization") return [nameOf(point.id), point.type === "program" ? `${plans[planOf(point.id)].key} · ${count(network.partners.get(point.id)?.size ?? 0, "organization")}` : ""];
  const body = organizations[point.id];
  const by = programsOf(network, point.id);
  return [nameOf(point.id), [say(page.kinds[body.kind]), body.country && nameOf(body.country)].filter(Boolean).join(" · "), by.length ? cut(by.map(state.plan === "all" ? programName : nameOf).join(", "), 240) : word("listed_only"), changeOf(point.id)];
}

function lineLines(line) {
  const ends = [line.one, line.other].map((key) => key.replace(/^home:/, ""));
  const name = ends.map(shortOf).join(" – ");
  if (line.sort === "shared") return [name, cut(shared(network, ...ends).map(programName).join(", "), 240), word("click_why")];
  if (mandates[ends[0]]) {
    const rest = page.rests.find((one) => one.on === ends[0] && one.program === ends[1]);
    return [name, `${statusName(rest.status)} · ${basisOf(rest)}`, word("click_why")];
  }
  if (line.sort === "home") return [name, count(line.weight, "organization"), word("click_why")];
  if (line.sort === "served") return [name, word("served"), word("click_why")];
  return [name, listed(line.roles.map((role) => say(page.roles[role]))), word("click_why")];
}

const pointers = new Map();
let moved = 0;
let apart = 0;

stage.addEventListener("pointerdown", (event) => {
  if (event.button > 0 || event.target.closest("#notice")) return;
  pointers.set(event.pointerId, { x: event.clientX, y: event.clientY });
  if (pointers.size === 1) moved = 0;
  if (pointers.size === 2) apart = spread();
});
stage.addEventListener("pointermove", (event) => {
  const before = pointers.get(event.pointerId);
  if (!before) {
    if (event.pointerType === "mouse") tell(whatIsAt(event, 5), event);
    return;
  }
  pointers.set(event.pointerId, { x: event.clientX, y: event.clientY });
  const step = [event.clientX - before.x, event.clientY - before.y];
  moved += Math.abs(step[0]) + Math.abs(step[1]);
  if (moved < 5) return;
  if (!stage.hasPointerCapture(event.pointerId)) stage.setPointerCapture(event.pointerId);
  tell(null);
  camera.x += step[0] / pointers.size;
  camera.y += step[1] / pointers.size;
  if (pointers.size === 2) {
    const now = spread();
    const box = stage.getBoundingClientRect();
    const [a, b] = [...pointers.values()];
    if (apart > 0) zoom(now / apart, { x: (a.x + b.x) / 2 - box.left, y: (a.y + b.y) / 2 - box.top });
    apart = now;
  }
  later(applyCamera);
});
const spread = () => { const [a, b] = [...pointers.values()]; return Math.hypot(a.x - b.x, a.y - b.y); };
for (const name of ["pointerup", "pointercancel"]) {
  stage.addEventListener(name, (event) => {
    if (!pointers.delete(event.pointerId)) return;
    if (moved >= 5) { rememberCamera(); return; }
    if (name === "pointercancel" || pointers.size) return;
    const found = whatIsAt(event, event.pointerType === "mouse" ? 6 : 14);
    choose(found ? (found.group ? found.point.id : found.line.id) : "");
    // where the panel is below the drawing, its title comes into sight, with the drawing above it
    if (found && innerWidth <= NARROW) byId("panel-title").scrollIntoView({ block: "end", behavior: "smooth" });
  });
}
stage.addEventListener("pointerleave", () => tell(null));
stage.addEventListener("wheel", (event) => {
  event.preventDefault();
  const box = stage.getBoundingClientRect();
  tell(null);
  zoom(Math.exp(-event.deltaY * (event.deltaMode ? 0.05 : 0.0016)), { x: event.clientX - box.left, y: event.clientY - box.top });
}, { passive: false });

// ---- keyboard

const WAYS = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] };

/** The nearest point in a direction. */
function nearest(key, [dx, dy]) {
  const { point } = drawnPoints.get(key);
  let [best, least] = ["", Infinity];
  for (const [other, { point: at }] of drawnPoints) {
    const [x, y] = [at.x - point.x, at.y - point.y];
    const ahead = x * dx + y * dy;
    const aside = Math.abs(x * dy) + Math.abs(y * dx);
    if (ahead > 0.5 && aside <= ahead * 2 && ahead + aside * 2 < least) [best, least] = [other, ahead + aside * 2];
  }
  return best;
}

/** Where each arrow leads from each point; a point that no arrow would reach is put in the way to another. */
function allWays() {
  const keys = [...drawnPoints.keys()];
  const found = new Map(keys.map((key) => [key, Object.fromEntries(Object.entries(WAYS).map(([arrow, way]) => [arrow, nearest(key, way)]))]));
  const reached = new Set();
  const reach = (key) => {
    const left = [key];
    while (left.length) {
      const one = left.pop();
      if (!one || reached.has(one)) continue;
      reached.add(one);
      left.push(...Object.values(found.get(one)));
    }
  };
  reach(keys[0]);
  for (const key of keys) {
    if (reached.has(key)) continue;
    const { point } = drawnPoints.get(key);
    const far = (other) => Math.hypot(drawnPoints.get(other).point.x - point.x, drawnPoints.get(other).point.y - point.y);
    const from = [...reached].reduce((one, other) => (far(other) < far(one) ? other : one));
    const [x, y] = [point.x - drawnPoints.get(from).point.x, point.y - drawnPoints.get(from).point.y];
    const arrow = Math.abs(x) > Math.abs(y) ? (x > 0 ? "ArrowRight" : "ArrowLeft") : y > 0 ? "ArrowDown" : "ArrowUp";
    found.get(key)[arrow] = found.get(from)[arrow]; // and from there on to where the arrow led before
    found.get(from)[arrow] = key;
    reach(key);
  }
  return found;
}

svg.addEventListener("keydown", (event) => {
  if (WAYS[event.key] && focused) {
    event.preventDefault();
    ways ??= allWays();
    const next = ways.get(focused)[event.key];
    if (next) goTo(next);
  } else if (event.key === "Enter" || event.key === " ") {
    event.preventDefault();
    if (focused) choose(drawnPoints.get(focused).point.id);
  } else if (event.key === "+" || event.key === "=") zoom(1.3);
  else if (event.key === "-") zoom(1 / 1.3);
  else if (event.key === "0") fit();
});
svg.addEventListener("focusin", (event) => {
  const group = event.target.closest(".point");
  if (!group) return;
  group.classList.add("focus");
  focused = group.dataset.key;
  bring(focused);
  later(placeNames);
});
svg.addEventListener("focusout", (event) => event.target.closest(".point")?.classList.remove("focus"));

function goTo(key) {
  drawnPoints.get(focused)?.group.setAttribute("tabindex", "-1");
  focused = key;
  const { group } = drawnPoints.get(key);
  group.setAttribute("tabindex", "0");
  group.focus({ preventScroll: true });
}
