"use strict";
(function () {
  const read = (id) => JSON.parse(document.getElementById(id).textContent);
  const page = read("page");
  const words = page.words[page.language] || page.words.en;
  const organizations = page.organizations;
  const byId = (id) => document.getElementById(id);
  const kindOf = Object.fromEntries(page.legend.map((entry) => [entry.kind, entry]));
  const style = () => getComputedStyle(document.documentElement);
  const color = (name) => style().getPropertyValue(name).trim();

  // Every text from the graph enters the page here, as text.
  function make(tag, text, ...children) {
    const element = document.createElement(tag);
    if (text !== undefined && text !== null) element.textContent = text;
    element.append(...children);
    return element;
  }

  const drawn = read("nodes").map((node) => ({
    id: node.id, label: node.label, x: node.x, y: node.y, shape: node.shape === "box" ? "square" : node.shape, size: node.size,
    color: { background: node.color, border: node.color, highlight: { background: node.color, border: color("--ink") } },
    borderWidth: 1.5, borderWidthSelected: 4, font: { color: color("--ink"), size: 27 + node.size / 5, strokeWidth: 5, strokeColor: color("--card") },
  }));
  const nodes = new vis.DataSet(drawn);
  const edges = new vis.DataSet(read("edges").map((edge) => ({
    id: edge.from + " " + edge.to, from: edge.from, to: edge.to, width: edge.width, color: { color: color("--edge"), highlight: color("--accent"), inherit: false },
  })));
  const network = new vis.Network(byId("drawing"), { nodes, edges }, {
    physics: false, layout: { improvedLayout: false },
    edges: { smooth: false, selectionWidth: 2, chosen: true },
    interaction: { hover: true, tooltipDelay: 0, hideEdgesOnDrag: true, keyboard: false, selectConnectedEdges: true, zoomSpeed: 0.6 },
  });
  const neighbors = (id) => network.getConnectedNodes(id).filter((other) => !nodes.get(other).hidden);

  network.on("beforeDrawing", (canvas) => {
    canvas.textAlign = "center";
    canvas.fillStyle = color("--program");
    canvas.font = "700 34px system-ui, sans-serif";
    const seen = drawn.filter((node) => !nodes.get(node.id).hidden);
    const alive = new Set(seen.flatMap((node) => organizations[node.id].ties.map((tie) => tie.program)));
    for (const [id, program] of Object.entries(page.programs)) {
      if (alive.has(id)) wrapped(canvas, `${program.label} (${program.plan})`, program.x, program.y, 330);
    }
    const untied = seen.filter((node) => !organizations[node.id].ties.length);
    if (untied.length) canvas.fillText(words.untied, 0, Math.min(...untied.map((node) => node.y)) - 90);
  });

  function wrapped(canvas, text, x, y, width) {
    const lines = [];
    for (const word of text.split(" ")) {
      const longer = lines.length ? lines[lines.length - 1] + " " + word : word;
      if (lines.length && canvas.measureText(longer).width <= width) lines[lines.length - 1] = longer;
      else lines.push(word);
    }
    lines.forEach((line, n) => canvas.fillText(line, x, y + (n - (lines.length - 1) / 2) * 40));
  }

  // ---- legend and filters
  const SHAPES = {
    dot: "M8 2a6 6 0 1 0 .01 0z", square: "M2.5 2.5h11v11h-11z", diamond: "M8 1l7 7-7 7-7-7z", triangle: "M8 2l7 12H1z",
    hexagon: "M4.5 2h7l3.5 6-3.5 6h-7L1 8z", triangleDown: "M1 2h14L8 14z", star: "M8 1l2 5h5l-4 3.3L12.600 15 8 11.400 3.400 15 5 9.300 1 6h5z", box: "M2.500 2.500h11v11h-11z",
  };
  function mark(entry) {
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    svg.setAttribute("width", "16");
    svg.setAttribute("height", "16");
    svg.setAttribute("aria-hidden", "true");
    const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
    path.setAttribute("d", SHAPES[entry.shape]);
    path.setAttribute("fill", entry.color);
    svg.append(path);
    return svg;
  }
  function choice(name, value, label, count, sign) {
    const box = make("input");
    box.type = "checkbox";
    box.checked = true;
    box.name = name;
    box.value = value;
    box.addEventListener("change", filter);
    const tally = make("span", String(count));
    tally.className = "count";
    const line = make("label", null, box, ...(sign ? [sign] : []), make("span", label), tally);
    byId(name).append(line);
  }
  const presence = (organization) => organization.plans.join(" ");
  const tally = {};
  for (const organization of Object.values(organizations)) tally[presence(organization)] = (tally[presence(organization)] || 0) + 1;
  for (const plans of Object.keys(tally).sort()) {
    choice("plans", plans, plans.includes(" ") ? words.both : plans + " " + words.only, tally[plans]);
  }
  for (const entry of page.legend) choice("kinds", entry.kind, entry.label, entry.count, mark(entry));
  const chosen = (name) => new Set(Array.from(byId(name).querySelectorAll("input:checked"), (box) => box.value));

  function filter() {
    const kinds = chosen("kinds");
    const plans = chosen("plans");
    const visible = new Set();
    for (const [id, organization] of Object.entries(organizations)) {
      if (kinds.has(organization.kind) && plans.has(presence(organization))) visible.add(id);
    }
    nodes.update(drawn.map((node) => ({ id: node.id, hidden: !visible.has(node.id) })));
    for (const row of byId("rows").rows) row.hidden = !visible.has(row.dataset.id);
    byId("shown").textContent = `${visible.size} ${words.of} ${drawn.length} ${words.shown}`;
  }

  // ---- details
  function quote(passage) {
    const said = make("li", `${passage.symbol}, ${passage.locator}: `);
    said.append(make("q", passage.anchor));
    said.className = "soft";
    return said;
  }
  function link(id, suffix) {
    const button = make("button", organizations[id].label);
    button.type = "button";
    button.addEventListener("click", () => select(id, true));
    return make("li", null, button, suffix || "");
  }
  function ties(organization, only) {
    const parts = [];
    for (const tie of organization.ties.filter((one) => !only || only.includes(one.program))) {
      parts.push(make("h3", `${tie.label} (${tie.plan})`));
      const where = tie.at === tie.label ? "" : `, ${words.at} “${tie.at}”`;
      parts.push(make("p", `${words[tie.role] || tie.role}${where}, ${words.as} “${tie.written_as.join("”, “")}”`));
      parts.push(make("ul", null, ...tie.passages.map(quote)));
    }
    return parts;
  }
  function show(title, ...content) {
    byId("panel-title").textContent = title;
    byId("details").replaceChildren(...content);
    byId("panel").scrollTop = 0;
  }
  function select(id, move) {
    const organization = organizations[id];
    network.selectNodes([id]);
    if (move) network.focus(id, { scale: Math.max(network.getScale(), 0.55), animation: false });
    const facts = [organization.acronyms.join(", "), kindOf[organization.kind].label, organization.country, organization.plans.join(", ")];
    const content = [make("p", facts.filter(Boolean).join(" · "))];
    if (organization.names.length) content.push(Object.assign(make("p", organization.names.join(" · ")), { className: "soft" }));
    content.push(...(organization.ties.length ? ties(organization) : [make("p", words.none)]));
    if (organization.passages.length) {
      const list = make("ul", null, ...organization.passages.map((text) => Object.assign(make("li", text), { className: "soft" })));
      content.push(make("h3", words.stands), list);
    }
    const near = neighbors(id).sort((a, b) => organizations[a].label.localeCompare(organizations[b].label));
    if (near.length) content.push(make("h3", `${words.neighbors} (${near.length})`), make("ul", null, ...near.map((other) => link(other))));
    show(organization.label, ...content);
  }
  function explain(edgeId) {
    const edge = edges.get(edgeId);
    const shared = page.shared[edgeId];
    const [one, other] = [organizations[edge.from], organizations[edge.to]];
    const content = [make("p", `${one.label} · ${other.label}: ${words.together} ${shared.map((program) => page.programs[program].label).join(", ")}.`)];
    for (const [id, organization] of [[edge.from, one], [edge.to, other]]) {
      content.push(make("ul", null, link(id)), ...ties(organization, shared));
    }
    show(`${one.acronyms[0] || one.label} – ${other.acronyms[0] || other.label}`, ...content);
  }
  network.on("click", (event) => {
    if (event.nodes.length) select(event.nodes[0], false);
    else if (event.edges.length) explain(event.edges[0]);
  });
  const hover = byId("hover");
  function tell(event, ...lines) {
    hover.replaceChildren(...lines.filter(Boolean).map((text, n) => make(n ? "span" : "strong", text)));
    hover.hidden = false;
    const room = byId("drawing").getBoundingClientRect();
    const at = event.pointer.DOM;
    hover.style.left = `${Math.max(0, Math.min(at.x + 14, room.width - hover.offsetWidth - 4))}px`;
    hover.style.top = `${Math.max(0, Math.min(at.y + 14, room.height - hover.offsetHeight - 4))}px`;
    byId("drawing").style.cursor = "pointer";
  }
  function hush() {
    hover.hidden = true;
    byId("drawing").style.cursor = "";
  }
  const programsOf = (organization) => Array.from(new Set(organization.ties.map((tie) => tie.label)));
  network.on("hoverNode", (event) => {
    const organization = organizations[event.node];
    const facts = [kindOf[organization.kind].label, organization.country, organization.plans.join(", ")];
    tell(event, organization.label, facts.filter(Boolean).join(" · "), programsOf(organization).join(", ") || words.none);
  });
  network.on("hoverEdge", (event) => {
    const edge = edges.get(event.edge);
    const shared = page.shared[event.edge].map((program) => page.programs[program].label);
    tell(event, `${organizations[edge.from].label} – ${organizations[edge.to].label}`, shared.join(", "));
  });
  network.on("blurNode", hush);
  network.on("blurEdge", hush);
  network.on("dragStart", hush);
  network.on("zoom", hush);

  // ---- search
  const finding = new Map();
  for (const [id, organization] of Object.entries(organizations)) {
    for (const name of [organization.label, ...organization.acronyms, ...organization.names]) finding.set(name.toLowerCase(), id);
    const option = make("option");
    option.value = organization.label;
    if (organization.acronyms.length) option.label = organization.acronyms.join(", ");
    byId("names").append(option);
  }
  for (const [id, program] of Object.entries(page.programs)) {
    const name = `${program.label} (${program.plan})`;
    finding.set(name.toLowerCase(), id);
    const option = make("option");
    option.value = name;
    byId("names").append(option);
  }
  function pick(id) {
    if (organizations[id]) {
      select(id, true);
      return;
    }
    const program = page.programs[id];
    const within = Object.keys(organizations).filter((one) => organizations[one].ties.some((tie) => tie.program === id));
    network.selectNodes(within, false);
    network.moveTo({ position: { x: program.x, y: program.y }, scale: Math.max(network.getScale(), 0.5), animation: false });
    show(`${program.label} (${program.plan})`, make("p", `${words.organizations}: ${within.length}`), make("ul", null, ...within.map((one) => link(one))));
  }
  byId("search").addEventListener("input", (event) => {
    const wanted = event.target.value.trim().toLowerCase();
    if (finding.has(wanted)) pick(finding.get(wanted));
  });
  byId("search").addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    const wanted = event.target.value.trim().toLowerCase();
    const names = Array.from(finding.keys());
    const found = wanted && (names.find((name) => name.startsWith(wanted)) || names.find((name) => name.includes(wanted)));
    if (found) pick(finding.get(found));
  });
  function view(spots, least) {
    const room = byId("drawing").getBoundingClientRect();
    const [xs, ys] = [spots.map((spot) => spot.x), spots.map((spot) => spot.y)];
    const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
    const scale = Math.min(room.width / (right - left + 330), room.height / (bottom - top + 240), 1);
    network.moveTo({ position: { x: (left + right) / 2, y: (top + bottom) / 2 }, scale: Math.max(scale, least), animation: false });
  }
  const tied = drawn.filter((node) => organizations[node.id].ties.length).concat(Object.values(page.programs));
  byId("whole").addEventListener("click", () => view(drawn.concat(tied), 0.05));
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") network.unselectAll(); });

  // ---- table
  const columns = [
    ["organization", (id, one) => one.label], ["acronym", (id, one) => one.acronyms.join(", ")], ["kind", (id, one) => kindOf[one.kind].label],
    ["country", (id, one) => one.country], ["plan", (id, one) => one.plans.join(", ")],
    ["programs", (id, one) => Array.from(new Set(one.ties.map((tie) => `${tie.label} (${tie.plan})`))).join("; ")],
    ["partners", (id) => network.getConnectedNodes(id).length],
  ];
  columns.forEach(([key, value], n) => {
    const head = make("th", null, make("button", words[key]));
    head.scope = "col";
    head.firstChild.type = "button";
    head.firstChild.addEventListener("click", () => {
      const down = head.getAttribute("aria-sort") === "ascending";
      for (const other of byId("heads").children) other.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      const rows = Array.from(byId("rows").rows);
      const cell = (row) => value(row.dataset.id, organizations[row.dataset.id]);
      rows.sort((a, b) => (n === 6 ? cell(a) - cell(b) : cell(a).localeCompare(cell(b))) * (down ? -1 : 1));
      byId("rows").append(...rows);
    });
    byId("heads").append(head);
  });
  for (const [id, organization] of Object.entries(organizations)) {
    const row = make("tr");
    row.dataset.id = id;
    const button = make("button", organization.label);
    button.type = "button";
    button.addEventListener("click", () => { select(id, true); byId("panel").focus(); });
    row.append(make("td", null, button), ...columns.slice(1).map(([, value]) => make("td", String(value(id, organization)))));
    byId("rows").append(row);
  }

  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => location.reload());
  filter();
  // the page is as wide as it stays only once the table stands
  requestAnimationFrame(() => {
    network.redraw();
    if (drawn.length) view(tied.length ? tied : drawn, byId("drawing").clientWidth < 600 ? 0.3 : 0.05);
    requestAnimationFrame(() => { document.documentElement.dataset.drawn = "yes"; });
  });
})();
