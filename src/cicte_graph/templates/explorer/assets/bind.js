"use strict";
/*
 * Turn what a reader filled in into terms, and write them into a question, as query_library.runnable does.
 * Knows fields and text; asks nothing.
 */
(() => {
  const { asking, words } = window.cicte;
  const IDENTIFIER = /^(?:id:)?([a-z]+(?:-[a-z]+)*(?:\/[A-Za-z0-9.-]+)+)$/;
  const fill = (sentence, values) => sentence.replaceAll(/\{(\w+)\}/g, (all, name) => values[name] ?? all);

  /** Write the term a field stands for. @param {HTMLInputElement | HTMLSelectElement} field */
  const term = (field) => {
    const value = field.value.trim();
    if (!value) throw new Error(fill(words.empty, { name: field.name }));
    if (field.dataset.type === "concept") return `<${asking.concept}${field.dataset.of}/${value}>`;
    if (field.dataset.type === "string") return JSON.stringify(field.value);
    const offered = [...(field.list?.options ?? field.options ?? [])];
    const same = offered.find((one) => [one.value, one.label].some((said) => said.toLowerCase() === value.toLowerCase()));
    const key = same?.value ?? IDENTIFIER.exec(value)?.[1];
    if (key) return `<${asking.id}${key}>`;
    if (value.startsWith("concept:")) return `<${asking.concept}${value.slice(8)}>`;
    throw new Error(fill(words.choose, { name: field.name, example: offered[0]?.value ?? "" }));
  };

  /**
   * Read all fields of a form.
   * @param {HTMLElement} form
   * @returns {{given: Record<string, string>, terms: Record<string, string>}}
   */
  const bound = (form) => {
    const fields = [...form.querySelectorAll("[data-type]")];
    return {
      given: Object.fromEntries(fields.map((field) => [field.name, field.value.trim()])),
      terms: Object.fromEntries(fields.map((field) => [field.name, term(field)])),
    };
  };

  /** Write terms into a question, at the head of its pattern. */
  const filled = (sparql, terms) => {
    const names = Object.keys(terms).map((name) => `?${name}`).join(" ");
    return names ? sparql.replace(/\bWHERE \{/, (all) => `${all}\n  VALUES (${names}) { (${Object.values(terms).join(" ")}) }`) : sparql;
  };

  /** Write the command that asks the same. */
  const command = (name, given) => {
    const quoted = (text) => (/^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'"'"'`)}'`);
    return ["cicte-graph", "ask", name, ...Object.entries(given).map(([key, value]) => `${key}=${value}`)].map(quoted).join(" ");
  };

  Object.assign(window.cicte, { bound, command, fill, filled });
})();
