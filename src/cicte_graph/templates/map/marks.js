// The marks: a shape and a color for each kind of organization, so that neither alone must be told apart.
const around = (corners, turn = 0, inner = 1) => {
  const points = [];
  for (let n = 0; n < corners * (inner === 1 ? 1 : 2); n += 1) {
    const radius = inner !== 1 && n % 2 ? inner : 1;
    const angle = turn + (2 * Math.PI * n) / (corners * (inner === 1 ? 1 : 2)) - Math.PI / 2;
    points.push(`${(Math.cos(angle) * radius).toFixed(3)} ${(Math.sin(angle) * radius).toFixed(3)}`);
  }
  return `M${points.join("L")}Z`;
};
const RING = "M0 -1A1 1 0 1 1 0 1A1 1 0 1 1 0 -1Z";
const SHAPES = [
  RING, around(4, Math.PI / 4), around(4), around(3), around(3, Math.PI), "M-1 -.8L1 .8V-.8L-1 .8Z", around(5, 0, 0.45), around(4, Math.PI / 4, 0.38),
  around(5), "M-1 -.55H1V.55H-1Z", "M-.55 -1H.55V1H-.55Z", "M-1 -.33H-.33V-1H.33V-.33H1V.33H.33V1H-.33V.33H-1Z", around(4, 0, 0.4), "M0 -1A1 1 0 1 1 0 1A1 1 0 1 1 0 -1ZM0 -.45A.45 .45 0 1 0 0 .45A.45 .45 0 1 0 0 -.45Z", around(6, 0, 0.5), "M-1 .7A1 1 0 0 1 1 .7Z",
];
const COLORS = 8; // in map.css
const kindIds = Object.keys(page.kinds);

/** The mark of a point: an outline of radius 1, and the class that colors it. */
function markOf(point) {
  if (point.type === "organization") {
    const n = kindIds.indexOf(organizations[point.id].kind);
    const change = state.plan === "all" && organizations[point.id].change?.to;
    return { path: SHAPES[n % SHAPES.length], name: change ? `change-${change}` : `kind-${n % COLORS}` };
  }
  if (point.type === "mandate") return { path: "M-.8 -1H.35L.8 -.5V1H-.8Z", name: "mandate" };
  if (point.type === "country") return { path: RING, name: "country" };
  return null;
}

/** A mark in a line of text, as in the legend. */
function markPicture(path, name) {
  return draw("svg", { viewBox: "-10 -10 20 20", width: 18, height: 18, class: "picture", "aria-hidden": "true" }, draw("path", { d: path, transform: "scale(7)", class: `mark ${name}`, "vector-effect": "non-scaling-stroke" }));
}
