"use strict";
/* The page of a question in a folder of files: the answer to what the reader fills in comes from the reader's browser. */
(() => {
  const { ask, asking, bound, command, csv, file, filled, named, table, told, words } = window.cicte;
  const { name, names: namesOf, params, returns, sparql } = asking.question;
  const byId = (id) => document.getElementById(id);
  const form = byId("ask");
  if (!form || document.documentElement.dataset.served) return;
  const button = form.querySelector("button");

  const say = (text, trouble = false) => {
    const said = document.createElement("span");
    said.className = trouble ? "trouble" : "";
    said.textContent = text;
    byId("said").replaceChildren(said);
  };

  const answer = async () => {
    const { given, terms } = bound(form);
    say(words.asking);
    const query = filled(sparql, terms);
    const found = await ask(query);
    const names = await named(found);
    table(byId("table"), found, { means: returns, asked: Object.keys(given), namesOf, names });
    const fields = new URLSearchParams(given);
    byId("link").href = `?${fields}`;
    if (byId("editor")) byId("editor").search = new URLSearchParams({ question: name, ...given });
    byId("command").firstChild.textContent = command(name, given);
    byId("sparql").firstChild.textContent = query;
    file(byId("csv"), csv(found));
    say(told(found));
    return fields;
  };

  const run = async () => {
    button.disabled = true;
    try {
      return await answer();
    } catch (trouble) {
      byId("table").replaceChildren();
      say(trouble.message, true);
      return null;
    } finally {
      button.disabled = false;
    }
  };

  /** Fill the form in from the address; tells whether there was anything. */
  const fromAddress = () => {
    const fields = new URLSearchParams(location.search);
    const there = Object.keys(params).some((one) => fields.get(one));
    for (const [one, example] of Object.entries(params)) form.elements[one].value = (there ? fields.get(one) : example) ?? "";
    return there;
  };

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const fields = await run();
    if (fields) history.pushState(null, "", `?${fields}`);
  });
  addEventListener("popstate", () => {
    fromAddress();
    run();
  });
  if (fromAddress()) run();
})();
