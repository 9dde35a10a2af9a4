"use strict";
/*
 * Ask the graph: the server where one serves these pages, else an engine in this browser that loads the graph as a file.
 * Gives terms, and writes them as our tables do; knows no page.
 *
 * @typedef {{type: string, value: string, datatype?: string, "xml:lang"?: string}} Term
 * @typedef {{columns: string[], rows: (Term | null)[][]}} Answer
 */
window.cicte = (() => {
  const { root, served } = document.documentElement.dataset;
  const asking = JSON.parse(document.getElementById("asking").textContent);
  const { prefixes, words } = asking;
  const LETTER = "\\p{L}\\p{N}_";
  // what stands for itself and is not looked into, then identifiers as tables print them: as in own_query.py
  const STRING = `"""(?:[^\\\\]|\\\\.)*?"""|'''(?:[^\\\\]|\\\\.)*?'''|"(?:[^"\\\\\\n\\r]|\\\\.)*"|'(?:[^'\\\\\\n\\r]|\\\\.)*'`;
  const WHOLE = `${STRING}|<[^<>"{}|^\`\\x00-\\x20]*>|\\\\.|#[^\\n\\r]*`;
  const PATH = `(id|concept|graph):([${LETTER}\\-]+(?:/[${LETTER}.\\-]*[${LETTER}\\-])+)`;
  const PRINTED = new RegExp(`(?<whole>${WHOLE})|(?<![${LETTER}:.\\-])${PATH}`, "gsu");
  const FROM = new RegExp(`(?<![?$@:.${LETTER}\\-])(?:ASK|CONSTRUCT)?FROM(\\s*<|\\s+[${LETTER}:])`, "iu");
  const UPDATE = /^(?:\s|PREFIX\s*[^\s:]*:\s*<[^>]*>|BASE\s*<[^>]*>)*(INSERT|DELETE|LOAD|CLEAR|DROP|CREATE|ADD|MOVE|COPY|WITH)\b/i;
  const EVERYTHING = /select\s+(distinct\s+|reduced\s+)?\*/i;
  const XSD = prefixes.xsd;

  /** What went wrong, in the reader's words. */
  class Trouble extends Error {
    constructor(kind, said = "") {
      super(words[kind].replace("{said}", said).replace("{limit}", asking.limit));
      this.kind = kind;
    }
  }

  /** Write identifiers with slashes out, which SPARQL would want escaped. */
  const taken = (sparql) => sparql.replace(PRINTED, (all, whole, prefix, path) => whole ?? `<${prefixes[prefix]}${path}>`);

  /** Leave out what stands for itself, but for IRIs. */
  const bare = (sparql) => sparql.replace(PRINTED, (all, whole) => ((whole ?? "<").startsWith("<") ? all : " "));

  const hasDataset = (sparql) => FROM.test(bare(sparql));

  /** Put the columns of SELECT * in the order of the query's text; engines give them in any. */
  const ordered = (columns, sparql) => {
    if (!EVERYTHING.test(sparql)) return columns;
    const named = [...sparql.matchAll(/[?$]([\p{L}\p{N}_]+)/gu)].map((match) => match[1]);
    return columns.toSorted((a, b) => named.indexOf(a) - named.indexOf(b));
  };

  /** Read triples from JSON-LD as engines write it: expanded, each node by itself. */
  const triples = (nodes) => {
    const rows = [];
    const iri = (value) => (value.startsWith("_:") ? { type: "bnode", value: value.slice(2) } : { type: "uri", value });
    const object = (one) =>
      "@id" in one
        ? iri(one["@id"])
        : { type: "literal", value: String(one["@value"]), datatype: one["@type"], "xml:lang": one["@language"] };
    for (const { "@id": subject, "@graph": inner, ...said } of nodes) {
      if (inner) rows.push(...triples(inner));
      for (const [name, values] of Object.entries(said)) {
        const property = iri(name === "@type" ? `${prefixes.rdf}type` : name);
        for (const one of values) rows.push([iri(subject), property, name === "@type" ? iri(one) : object(one)]);
      }
    }
    const key = (row) => row.map(text).join(" ");
    return rows.sort((a, b) => (key(a) < key(b) ? -1 : 1));
  };

  /** @returns {Answer} */
  const read = (said, sparql) => {
    const found = JSON.parse(said);
    if (Array.isArray(found)) return { columns: ["subject", "property", "value"], rows: triples(found) };
    if ("boolean" in found) {
      const answer = { type: "literal", value: String(found.boolean), datatype: `${XSD}boolean` };
      return { columns: ["answer"], rows: [[answer]] };
    }
    const columns = ordered(found.head.vars ?? [], sparql);
    return { columns, rows: found.results.bindings.map((row) => columns.map((name) => row[name] ?? null)) };
  };

  const byServer = async (sparql, signal) => {
    const headers = {
      "Content-Type": "application/sparql-query",
      Accept: "application/sparql-results+json, application/ld+json;q=0.9",
    };
    const question = { method: "POST", headers, body: sparql, signal };
    const response = await fetch(`${root}sparql`, question).catch((error) => {
      throw new Trouble(error.name === "AbortError" ? "stopped" : "server", error.message);
    });
    const said = await response.text();
    if (!response.ok) throw new Trouble("query", detail(said).trim() || response.statusText);
    return read(said, sparql);
  };

  /** Take the sentence out of problem details (RFC 9457). */
  const detail = (said) => {
    try {
      return JSON.parse(said).detail;
    } catch {
      return said;
    }
  };

  /** @type {Worker | undefined} */
  let worker;
  /** @type {Promise<unknown>} */
  let before = Promise.resolve();

  const end = () => {
    worker?.terminate();
    worker = undefined;
  };

  const byBrowser = (sparql, signal) =>
    new Promise((resolve, reject) => {
      if (location.protocol === "file:") throw new Trouble("file");
      if (!asking.engine) throw new Trouble("parts");
      if (UPDATE.test(bare(sparql))) throw new Trouble("update");
      let timer;
      const fail = (trouble) => {
        clearTimeout(timer);
        end();
        reject(trouble);
      };
      worker ??= new Worker(`${root}assets/worker.js`, { type: "module" });
      worker.onerror = (event) => fail(new Trouble("data", event.message ?? "worker.js"));
      worker.onmessage = ({ data }) => {
        if (data.started) timer = setTimeout(() => fail(new Trouble("time")), asking.limit * 1000);
        else if (data.trouble === "data") fail(new Trouble("data", data.said));
        else if (data.broken) fail(new Trouble("query", data.said));
        else {
          clearTimeout(timer);
          if (data.trouble) reject(new Trouble("query", mended(data.said)));
          else resolve(read(data.said, sparql));
        }
      };
      signal?.addEventListener("abort", () => fail(new Trouble("stopped")), { once: true });
      worker.postMessage({
        graph: new URL(`${root}${asking.data}`, document.baseURI).href,
        sparql: `${prologue}\n${taken(sparql)}`,
        options: { base_iri: asking.id, use_default_graph_as_union: !hasDataset(sparql) },
      });
    });

  const prologue = Object.entries(prefixes).map(([name, base]) => `PREFIX ${name}: <${base}>`).join(" ");

  /** Count lines from the reader's first, and tell the reason or at most three of what was expected, as own_query.fault does. */
  const mended = (said) => {
    const told = said.replaceAll(/\s+/g, " ").trim().replace(/at (\d+):/, (all, line) => `at ${Math.max(line - 1, 1)}:`);
    const [, where, expected] = /^(error at \d+:\d+): expected (?:one of )?(.*)$/.exec(told) ?? [];
    if (!where) return told.length > 160 ? `${told.slice(0, 160)}…` : told;
    const tokens = [...expected.matchAll(/(?:^|, )("(?:[^"\\]|\\.)*"|\[.*?\](?=, |$)|[^,"[][^,]*)/g)].map((match) => match[1]);
    const named = tokens.filter((token) => !token.startsWith("["));
    const reason = named.find((token) => /^[A-Z]\w* /.test(token));
    if (reason) return `${where}: ${reason}`;
    return named.length ? `${where}: expected ${named.slice(0, 3).join(", ")}${named.length > 3 ? " or others" : ""}` : where;
  };

  /**
   * Ask a question in SPARQL; one is asked at a time.
   * @param {string} sparql
   * @param {AbortSignal} [signal] that ends the waiting
   * @returns {Promise<Answer>}
   */
  const ask = (sparql, signal) => {
    const turn = before.then(() => (served ? byServer : byBrowser)(sparql, signal));
    before = turn.catch(() => {});
    return turn;
  };

  /** Write an IRI with the longest known prefix. */
  const shorten = (iri) => {
    const known = Object.entries(prefixes).filter(([, base]) => iri.startsWith(base));
    const [name, base] = known.sort((a, b) => b[1].length - a[1].length)[0] ?? [];
    return name ? `${name}:${iri.slice(base.length)}` : iri;
  };

  /** Write a term as our tables do. @param {Term | null} term */
  const text = (term) => {
    if (!term) return "";
    if (term.type === "uri") return shorten(term.value);
    if (term.type === "bnode") return `_:${term.value}`;
    if (term.type !== "literal") return JSON.stringify(term.value);
    switch (term.datatype) {
      case `${XSD}boolean`:
        return { 1: "true", 0: "false" }[term.value] ?? term.value;
      case `${XSD}integer`:
        return /^[+-]?\d+$/.test(term.value) ? String(BigInt(term.value.replace("+", ""))) : term.value;
      case `${XSD}double`:
      case `${XSD}float`:
        return Number.isInteger(Number(term.value)) ? `${Number(term.value)}.0` : String(Number(term.value));
      default:
        return term.value;
    }
  };

  /** @param {Term | null} term */
  const isNumber = (term) =>
    term?.type === "literal" && ["integer", "decimal", "double", "float"].some((name) => term.datatype === XSD + name);

  /** Write an answer as CSV, as the command line does. @param {Answer} answer */
  const csv = ({ columns, rows }) => {
    const cell = (value) => (/[",\n\r]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value);
    const line = (values) => (values.length === 1 && !values[0] ? '""' : values.map(cell).join(","));
    return [columns, ...rows.map((row) => row.map(text))].map((values) => `${line(values)}\n`).join("");
  };

  return { ask, asking, csv, hasDataset, isNumber, shorten, taken, text, words };
})();
