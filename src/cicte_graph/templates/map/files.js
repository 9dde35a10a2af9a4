// What can be taken along: the drawing as SVG or PNG, the page on paper, the address.
const PAINT = ["fill", "fill-opacity", "stroke", "stroke-opacity", "stroke-width", "stroke-dasharray", "opacity", "font-weight", "font-family", "paint-order", "stroke-linejoin", "visibility", "text-anchor"];
const MARGIN = { top: 64, bottom: 30 };

/** Write what is seen as an SVG of its own: painted as it is, titled, with source and version. */
function asSvg() {
  const { width, height } = room();
  const paint = getComputedStyle(document.body);
  const copy = world.cloneNode(true);
  const originals = [world, ...world.querySelectorAll("*")];
  [copy, ...copy.querySelectorAll("*")].forEach((element, n) => {
    const style = getComputedStyle(originals[n]);
    for (const name of PAINT) {
      const value = style.getPropertyValue(name);
      if (value && value !== "none" || name === "fill" || name === "stroke") element.setAttribute(name, value);
    }
    for (const name of ["class", "role", "tabindex", "aria-label", "aria-pressed", "data-key"]) element.removeAttribute(name);
  });
  const line = (text, x, y, size, bold, color = paint.color) => draw("text", { x, y, "font-size": size, "font-weight": bold ? 650 : 400, fill: color, "font-family": paint.fontFamily }, text);
  const clip = draw("clipPath", { id: "stage-clip" }, draw("rect", { x: 0, y: 0, width, height }));
  const kinds = [...document.querySelectorAll("#kinds label")].filter((label) => label.querySelector("input").checked);
  const legend = [...(view.points.some((point) => point.type === "organization") ? kinds : []), ...document.querySelectorAll("#signs li")];
  const widest = Math.max(0, ...legend.map((label) => nameWidth({}, 11.5, [label.querySelector("span:not(.count)").textContent])));
  const rows = Math.ceil(legend.length / Math.max(1, Math.floor(width / (widest + 46))));
  const across = Math.ceil(legend.length / Math.max(rows, 1));
  const deep = rows * 20;
  const marks = legend.map((label, n) => {
    const mark = label.querySelector("path").cloneNode();
    const style = getComputedStyle(label.querySelector("path"));
    for (const name of PAINT) mark.setAttribute(name, style.getPropertyValue(name));
    mark.removeAttribute("class");
    mark.setAttribute("transform", label.matches("li") && !mark.hasAttribute("vector-effect") ? "translate(-13 -6)" : "scale(6)");
    return draw("g", { transform: `translate(${20 + (n % across) * (width / across)} ${MARGIN.top + height + 16 + Math.floor(n / across) * 20})` }, mark, line(label.querySelector("span:not(.count)").textContent, 18, 4, 11.5));
  });
  const total = MARGIN.top + height + deep + MARGIN.bottom;
  const drawing = draw("svg", { xmlns: "http://www.w3.org/2000/svg", viewBox: `0 0 ${width} ${total}`, width, height: total, role: "img" },
    draw("title", {}, `${word("title")}: ${toldState()}`), draw("defs", {}, clip),
    draw("rect", { width, height: total, fill: paint.backgroundColor }),
    line(word("title"), 12, 28, 19, true), line(toldState(), 12, 49, 12.5),
    draw("g", { transform: `translate(0 ${MARGIN.top})`, "clip-path": "url(#stage-clip)" }, copy), ...marks,
    line(`${sourceLine()} · cicte-graph ${version()} · CC BY 4.0`, 12, total - 10, 10.5));
  // what XML cannot hold is shown as a sign that something stood there
  const text = new XMLSerializer().serializeToString(drawing).replace(/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu, "\uFFFD");
  return { text, width, height: total };
}

const version = () => `${page.version.digest}, ${word("built")} ${page.version.built}`;
const sourceLine = () => `${word("source")}: ${page.sources.join("; ")}`;
const fileName = (ending) => `cicte-${state.view}-${state.plan === "all" ? "compared" : (plans[state.plan]?.key ?? "none")}.${ending}`;

function save(blob, name) {
  const link = make("a", { href: URL.createObjectURL(blob), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}

function saveSvg() {
  save(new Blob([asSvg().text], { type: "image/svg+xml" }), fileName("svg"));
}

function savePng() {
  const { text, width, height } = asSvg();
  const image = new Image();
  const address = URL.createObjectURL(new Blob([text], { type: "image/svg+xml" }));
  image.onload = () => {
    const canvas = make("canvas", { width: width * 2, height: height * 2 });
    const context = canvas.getContext("2d");
    context.scale(2, 2);
    context.drawImage(image, 0, 0);
    URL.revokeObjectURL(address);
    canvas.toBlob((blob) => (blob ? save(blob, fileName("png")) : notify(word("no_picture"))), "image/png");
  };
  image.onerror = () => notify(word("no_picture"));
  image.src = address;
}

/** Put the address where it can be pasted; a page opened from a file may not, and then it is shown to be copied. */
async function copyAddress() {
  writeAddress();
  try {
    await navigator.clipboard.writeText(location.href);
    notify(word("copied"));
  } catch {
    notify(`${word("copy_yourself")} ${location.href}`);
  }
}

function notify(text) {
  byId("notice").textContent = text;
  byId("notice").hidden = !text;
}
