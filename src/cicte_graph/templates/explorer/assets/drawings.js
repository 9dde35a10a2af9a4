"use strict";
/*
 * Draw an answer where its columns fit: bars for names and numbers, a network for two columns of records.
 * Knows answers and SVG; the table says the same.
 */
(() => {
  const { asking, called, fill, isNumber, make, text, way } = window.cicte;
  const MOST_BARS = 40;
  const MOST_POINTS = 120;
  const NARROW = 600; // pixels; half as many points are drawn on what is narrower
  const ROUNDS = 300;
  const LETTER = 7.2; // pixels a letter is wide
  const LINE = 22;

  const draw = (name, attributes = {}, ...children) => {
    const drawn = document.createElementNS("http://www.w3.org/2000/svg", name);
    for (const [key, value] of Object.entries(attributes)) drawn.setAttribute(key, value);
    drawn.append(...children);
    return drawn;
  };
  const cut = (said, most) => (said.length > most ? `${said.slice(0, most - 1)}…` : said);
  const picture = (label, width, height) =>
    draw("svg", { class: "drawing", viewBox: `0 0 ${width} ${height}`, width, height, role: "group", "aria-label": label });

  /** Set a picture below fields that choose its columns, each a name with the columns that fit it. */
  const figure = (place, { columns }, choices, paint) => {
    const home = make("figure", {});
    const fields = choices.map(([label, fitting, chosen]) => {
      const options = fitting.map((column) => make("option", { value: column }, columns[column]));
      const field = make("select", {}, ...options);
      field.value = chosen;
      field.addEventListener("change", () => again());
      return [field, make("label", {}, `${label} `, field)];
    });
    const again = () => home.replaceChildren(...paint(...fields.map(([field]) => Number(field.value))));
    place.replaceChildren(make("p", { class: "columns" }, ...fields.map(([, label]) => label)), home);
    again();
  };

  /** Count the different values of a column. @param {Answer} answer */
  const different = ({ rows }, place) => new Set(rows.map((row) => row[place]?.value)).size;

  /** Tell which columns make bars: names, first those that tell the rows best apart, and numbers. @param {Answer} answer */
  const bars = (answer) => {
    const { columns, rows } = answer;
    const places = [...columns.keys()];
    const isCount = (term) => isNumber(term) && Number(term.value) >= 0;
    const numbers = places.filter((place) => rows.every((row) => isCount(row[place])));
    const names = places.filter((place) => !rows.every((row) => isNumber(row[place])));
    if (rows.length < 2 || !numbers.length || !names.length) return null;
    const name = names.reduce((best, place) => (different(answer, place) > different(answer, best) ? place : best));
    return { names, numbers, name, number: numbers.at(-1) };
  };

  /** Draw bars, one for each of the first rows; who points at one is told everything it is of. */
  const chart = (place, answer, { names, numbers, name, number }, known, says) => {
    const label = (term) => (term?.type === "uri" ? called(term.value, known) : text(term));
    const paint = (by, of) => {
      const rows = answer.rows.slice(0, MOST_BARS);
      const width = Math.max(place.clientWidth, 300);
      const left = Math.min(width * 0.42, 320);
      const others = names.filter((one) => one !== by && different(answer, one) > 1);
      const [beside] = others.sort((a, b) => different(answer, b) - different(answer, a));
      const told = different(answer, by) < answer.rows.length && beside !== undefined ? [by, beside] : [by]; // a pair, it may be
      const letters = Math.floor((left - 8) / LETTER / told.length) - (told.length - 1);
      const largest = Math.max(...rows.map((row) => Number(row[of].value))) || 1;
      const said = fill(says.bars, { value: answer.columns[of], name: answer.columns[by], n: rows.length });
      const drawn = picture(said, width, rows.length * LINE + 8);
      for (const [nth, row] of rows.entries()) {
        const y = nth * LINE + 4;
        const long = ((width - left - 60) * Number(row[of].value)) / largest;
        const written = [...new Set(told.map((one) => cut(label(row[one]), letters)))].join(" · ");
        const lettering = draw("text", { x: left - 8, y: y + 14, "text-anchor": "end" }, written);
        lettering.append(draw("title", {}, names.map((one) => label(row[one])).join(" · ")));
        drawn.append(lettering, draw("rect", { x: left, y: y + 2, width: long, height: LINE - 6 }));
        drawn.append(draw("text", { x: left + long + 6, y: y + 14 }, text(row[of])));
      }
      return [drawn, make("figcaption", { class: "quiet" }, said)];
    };
    figure(place, answer, [[says.names, names, name], [says.numbers, numbers, number]], paint);
  };

  /** Gather the records of two columns, numbered as they come, and the pairs that a row names. */
  const gathered = (rows, from, to, most = MOST_POINTS) => {
    const numbers = new Map();
    const lines = new Map();
    const number = (iri) => {
      if (!numbers.has(iri) && numbers.size < most) numbers.set(iri, numbers.size);
      return numbers.get(iri);
    };
    for (const row of rows) {
      if (!row[from] || !row[to] || row[from].value === row[to].value) continue;
      const ends = [number(row[from].value), number(row[to].value)];
      if (!ends.includes(undefined)) lines.set([...ends].sort((a, b) => a - b).join(" "), ends);
    }
    return { iris: [...numbers.keys()], lines: [...lines.values()] };
  };

  /** Tell which columns of an answer make a network, those of records, and which two have the most ties. @param {Answer} answer */
  const ties = ({ columns, rows }) => {
    const some = (place) => new Set(rows.map((row) => row[place]?.value).filter(Boolean)).size;
    const all = [...columns.keys()].filter((place) => some(place) > 1 && rows.every((row) => (row[place]?.type ?? "uri") === "uri"));
    const ours = all.filter((place) => rows.every((row) => row[place]?.value.startsWith(asking.id) ?? true));
    const records = ours.length > 1 ? ours : all;
    const pairs = records.flatMap((from, nth) => records.slice(nth + 1).map((to) => ({ from, to, ...gathered(rows, from, to) })));
    const [best] = pairs.sort((a, b) => b.lines.length / b.iris.length - a.lines.length / a.iris.length);
    return best?.lines.length ? { records: all, from: best.from, to: best.to } : null;
  };

  /** Place points between 0 and 1: they push each other away and lines pull them together; the same each time. */
  const placed = (size, lines) => {
    const points = Array.from({ length: size }, (_, nth) => {
      const turn = nth * 2.399963; // a spiral of sunflower seeds, so that no two begin in one place
      const far = Math.sqrt((nth + 0.5) / size) / 2;
      return { x: 0.5 + far * Math.cos(turn), y: 0.5 + far * Math.sin(turn), dx: 0, dy: 0 };
    });
    const ideal = 0.9 / Math.sqrt(size);
    const push = (a, b, strength) => {
      const [x, y] = [a.x - b.x, a.y - b.y];
      const length = Math.max(Math.hypot(x, y), 1e-4);
      const force = strength(length) / length;
      a.dx += x * force;
      a.dy += y * force;
      b.dx -= x * force;
      b.dy -= y * force;
    };
    for (let round = 0; round < ROUNDS; round++) {
      const step = 0.08 * (1 - round / ROUNDS);
      for (const point of points) [point.dx, point.dy] = [(0.5 - point.x) * ideal, (0.5 - point.y) * ideal];
      for (const [nth, a] of points.entries()) {
        for (const b of points.slice(nth + 1)) push(a, b, (length) => (ideal * ideal) / length);
      }
      for (const [a, b] of lines) push(points[a], points[b], (length) => (-length * length) / ideal);
      for (const point of points) {
        const length = Math.max(Math.hypot(point.dx, point.dy), 1e-9);
        point.x += (point.dx / length) * Math.min(length, step);
        point.y += (point.dy / length) * Math.min(length, step);
      }
    }
    const spread = (values) => [Math.min(...values), Math.max(...values) - Math.min(...values) || 1];
    const [left, wide] = spread(points.map((point) => point.x));
    const [top, high] = spread(points.map((point) => point.y));
    return points.map(({ x, y }) => ({ x: (x - left) / wide, y: (y - top) / high }));
  };

  /** Draw the records of two columns as points, joined where a row names both. */
  const network = (place, answer, { records, from, to }, names, says) => {
    const paint = (one, other) => {
      const most = place.clientWidth < NARROW ? MOST_POINTS / 2 : MOST_POINTS;
      const { iris, lines } = gathered(answer.rows, one, other, most);
      const [width, height] = [Math.max(place.clientWidth, 300), Math.max(360, Math.min(620, place.clientWidth * 0.62))];
      const points = placed(iris.length, lines).map(({ x, y }) => ({ x: 70 + x * (width - 140), y: 24 + y * (height - 48) }));
      const degree = iris.map((_, nth) => lines.filter((ends) => ends.includes(nth)).length);
      const firsts = new Set(answer.rows.map((row) => row[one]?.value));
      const said = fill(says.ties, { from: answer.columns[one], to: answer.columns[other], n: iris.length, m: lines.length });
      const drawn = picture(said, width, height);
      for (const [a, b] of lines) drawn.append(draw("line", { x1: points[a].x, y1: points[a].y, x2: points[b].x, y2: points[b].y }));
      const lettered = []; // the best joined first; no name is written over another
      const free = (x, y, half) => lettered.every((there) => Math.abs(there.x - x) > there.half + half || Math.abs(there.y - y) > 14);
      const order = [...iris.keys()].sort((a, b) => degree[b] - degree[a]);
      for (const nth of order) {
        const { x, y } = points[nth];
        const name = called(iris[nth], names);
        const written = cut(name, 30);
        const half = (written.length * LETTER) / 2;
        const middle = Math.min(Math.max(x, half), width - half);
        const link = draw("a", { href: way(iris[nth]) || iris[nth], "aria-label": name, class: firsts.has(iris[nth]) ? "one" : "other" });
        const radius = 4 + Math.min(Math.sqrt(degree[nth]) * 2, 8);
        link.append(draw("title", {}, name), draw("circle", { cx: x, cy: y, r: radius }));
        if (free(middle, y - radius - 4, half)) lettered.push({ x: middle, y: y - radius - 4, half, written });
        drawn.append(link);
      }
      for (const { x, y, written } of lettered) drawn.append(draw("text", { x, y, "text-anchor": "middle", class: "name" }, written));
      const all = iris.length < most ? "" : ` ${fill(says.fewer, { n: most })}`;
      return [drawn, make("figcaption", { class: "quiet" }, said, all)];
    };
    figure(place, answer, [[says.from, records, from], [says.to, records, to]], paint);
  };

  Object.assign(window.cicte, { bars, chart, network, ties });
})();
