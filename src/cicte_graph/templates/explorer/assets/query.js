"use strict";
/* The page for queries of the reader's own: examples fill the editor, the editor asks, the answer comes in several views. */
(() => {
  const { ask, asking, bars, bound, chart, csv, file, fill, filled, make, named, network, table, ties, told, words } = window.cicte;
  const { editor: says, questions, terms } = asking;
  const byId = (id) => document.getElementById(id);
  const plainField = byId("text");
  const PRINTED = /\b(?:id|concept|graph):[\w-]+\//;

  /** The editor, where it was packed, else the plain field; both are read and written in the same way. */
  const editor = (() => {
    const Yasqe = window.Yasgui?.Yasqe ?? window.Yasqe;
    if (!Yasqe) {
      plainField.addEventListener("keydown", (event) => {
        if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) run();
      });
      return { get: () => plainField.value, set: (text) => (plainField.value = text), mark: () => {} };
    }
    const home = make("div", {});
    plainField.after(home);
    plainField.hidden = true;
    const known = new Map(terms.map(([typed, written, name]) => [typed, { written, name }]));
    const shownAs = new Map(terms.map(([typed, written, name]) => [written, `${typed} · ${name}`]));
    Yasqe.registerAutocompleter({
      name: "terms",
      autoShow: true,
      bulk: false,
      isValidCompletionPosition: (yasqe) => /^[\p{L}][\p{L}\w/:-]+$/u.test(yasqe.getCompleteToken().string),
      get: (yasqe, { string }) => {
        const wanted = string.toLowerCase();
        const begins = ([typed]) => typed.toLowerCase().startsWith(wanted);
        const speaks = ([typed, , name]) => wanted.length > 2 && (typed.slice(typed.indexOf(":")).toLowerCase().includes(wanted) || name.toLowerCase().includes(wanted));
        return [...new Set([...terms.filter(begins), ...terms.filter(speaks)])].map(([typed]) => typed).slice(0, 40);
      },
      postProcessSuggestion: (yasqe, token, typed) => known.get(typed).written,
      postprocessHints: (yasqe, hints) => hints.map((hint) => ({ ...hint, displayText: shownAs.get(hint.text) })),
    });
    Yasqe.Autocompleters.prefixes.persistenceId = null;
    Yasqe.defaults.autocompleters = ["prefixes", "variables", "terms"]; // the others ask the network
    const yasqe = new Yasqe(home, {
      value: plainField.value,
      persistenceId: null,
      consumeShareLink: null,
      createShareableLink: null,
      showQueryButton: false,
      collapsePrefixesOnLoad: false,
      editorHeight: "auto",
      resizeable: false,
      viewportMargin: Infinity, // as high as the query, so that nothing scrolls within the page
      // Tab leaves the field; the editor's own way to ask would go to another server
      extraKeys: { Tab: false, "Shift-Tab": false, "Ctrl-Enter": () => run(), "Cmd-Enter": () => run() },
      queryingDisabled: says.label,
    });
    yasqe.getInputField().setAttribute("aria-label", says.label);
    yasqe.on("autocompletionShown", () => {
      const list = home.querySelector(".CodeMirror-hints");
      list?.setAttribute("aria-label", says.complete);
    });
    let mark;
    const check = () => {
      mark?.clear();
      yasqe.config.syntaxErrorCheck = !PRINTED.test(yasqe.getValue()); // the editor does not know them, the engine does
      if (!yasqe.config.syntaxErrorCheck) yasqe.clearGutter("gutterErrorBar");
    };
    yasqe.on("changes", check);
    yasqe.on("changes", () => {
      for (const icon of home.querySelectorAll(".parseErrorIcon")) {
        const { onmouseover: showTip } = icon;
        icon.onmouseover = () => {
          showTip();
          icon.querySelector(".yasqe_tooltip").firstChild.data = says.invalid; // the editor speaks English only
        };
      }
    });
    return {
      get: () => yasqe.getValue(),
      set: (text) => yasqe.setValue(text),
      mark: (line) => (mark = yasqe.getDoc().markText({ line, ch: 0 }, { line: line + 1, ch: 0 }, { className: "fault" })),
    };
  })();

  /** @type {AbortController | undefined} */
  let asked;

  const say = (text, trouble = false) => {
    byId("result").hidden = false;
    byId("said").replaceChildren(make("span", trouble ? { class: "trouble" } : {}, text));
  };

  /** Show an answer in the view that is chosen, and offer those it fits. */
  const show = (answer, query) => {
    const drawn = { table: () => table(byId("table"), answer) };
    const [forBars, forTies] = [bars(answer), ties(answer)];
    if (forBars) drawn.chart = (names) => chart(byId("table"), answer, forBars, names, says);
    if (forTies) drawn.network = (names) => network(byId("table"), answer, forTies, names, says);
    let names;
    const buttons = Object.entries(drawn).map(([name, view]) => {
      const button = make("button", { type: "button", class: "plain", "aria-pressed": name === "table" }, says[name]);
      button.addEventListener("click", async () => {
        for (const other of buttons) other.setAttribute("aria-pressed", other === button);
        if (view !== drawn.table) names ??= await named(answer);
        if (button.isConnected && button.ariaPressed === "true") view(names); // unless another was chosen meanwhile
      });
      return button;
    });
    byId("views").replaceChildren(...buttons);
    byId("views").hidden = buttons.length < 2;
    drawn.table();
    file(byId("csv"), csv(answer));
    byId("link").href = `#${new URLSearchParams({ query })}`;
    byId("take").hidden = false;
    say(told(answer));
  };

  const run = async () => {
    const query = editor.get();
    asked?.abort();
    asked = new AbortController();
    const mine = asked;
    byId("views").hidden = byId("take").hidden = true;
    byId("table").replaceChildren();
    byId("stop").hidden = false;
    say(words.asking);
    try {
      show(await ask(query, mine.signal), query);
    } catch (trouble) {
      if (mine !== asked) return; // another has been asked since
      say(trouble.message, true);
      const [, line] = /\bat (\d+):\d+/.exec(trouble.message) ?? [];
      if (line) editor.mark(Number(line) - 1);
    } finally {
      if (mine === asked) byId("stop").hidden = true;
    }
  };

  /** Write the chosen question into the editor, with what its fields hold. */
  const write = () => {
    const question = questions[byId("question").value];
    byId("why").textContent = question ? `${question.question} ${question.why}` : "";
    if (!question) return;
    try {
      editor.set(filled(question.sparql, bound(byId("fields")).terms).trim());
    } catch (trouble) {
      byId("why").textContent = trouble.message;
    }
  };

  /** Set out the fields of the chosen question, filled in with values or its example. */
  const choose = (values = new URLSearchParams()) => {
    const name = byId("question").value;
    const fields = document.querySelector(`template[data-question="${CSS.escape(name)}"]`);
    byId("fields").replaceChildren(fields ? fields.content.cloneNode(true) : "");
    for (const [key, value] of values) {
      const field = document.getElementById(`field-${key}`);
      if (field) field.value = value;
    }
    write();
  };

  /** Take a query, or a question of the library, from the address. */
  const fromAddress = () => {
    const [search, hash] = [new URLSearchParams(location.search), new URLSearchParams(location.hash.slice(1))];
    if (hash.get("query")) {
      editor.set(hash.get("query"));
      run();
    } else if (Object.hasOwn(questions, search.get("question") ?? "")) {
      byId("question").value = search.get("question");
      choose(search);
    }
  };

  for (const fieldset of document.querySelectorAll("fieldset")) fieldset.disabled = false;
  byId("question").addEventListener("change", () => choose());
  byId("fields").addEventListener("change", write);
  byId("example").addEventListener("submit", (event) => event.preventDefault());
  byId("query").addEventListener("submit", (event) => {
    event.preventDefault();
    run();
  });
  byId("stop").addEventListener("click", () => asked?.abort());
  addEventListener("hashchange", fromAddress);
  fromAddress();
})();
