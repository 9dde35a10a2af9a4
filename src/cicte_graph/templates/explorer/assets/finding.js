"use strict";
// Finds records by name as the server does: a whole name before all its words, those before their beginnings, slips last.
{
  const { kinds, beside, small, noise, same, records } = globalThis.cicteNames;
  const spoken = Object.keys(kinds);
  const language = spoken.indexOf(document.documentElement.lang);
  const LABEL = 3; // where the names begin in a record, first one in each language
  const LETTERS = 4; // of what is wanted, for each slip in it
  const LIKELY = 200; // names whose slips are counted
  const LONG = 20; // letters more in a name make up for a pair it has by chance

  /** @typedef {[id: string, kind: number, beside: number, ...names: string[]]} Entry */
  /** A name as it is searched. @typedef {{ entry: Entry, name: string, words: string[], text: string, known: Set<string> }} Name */
  /** What is searched for. @typedef {{ text: string, parts: string[] }} Wanted */

  /** Levels a text: no accents, no case, no punctuation, digits apart from letters.
   * @param {string} text @returns {string[]} */
  const plain = (text) => text.normalize("NFKD").replace(/\P{ASCII}/gu, "").toLowerCase().match(/[a-z]+|\d+/g) ?? [];

  /** @param {string} word */
  const single = (word) => word.replace(/s$/, "");

  /** @param {Entry} entry @param {string} name @param {boolean} [shown] whether it tells how a record was found */
  function prepared(entry, name, shown = true) {
    const words = plain(name);
    return { entry, name: shown ? name : "", words, text: words.join(" "), known: new Set([...words, ...words.map(single)]) };
  }

  /** @type {Name[]} */
  const names = records.flatMap((entry) => {
    const labels = entry.slice(LABEL, LABEL + spoken.length).filter(Boolean);
    const told = entry.slice(LABEL).filter(Boolean).map((name) => prepared(entry, name));
    // an identifier's words say the plan, as in `maritime security 2012`
    return [...told, prepared(entry, entry[0], false), ...labels.map((label) => prepared(entry, `${label} ${entry[0]}`, false))];
  });

  /** @param {string[]} words @returns {Wanted} */
  function wanted(words) {
    const large = words.filter((word) => !small.includes(word));
    return { text: words.join(" "), parts: large.length ? large : words };
  }

  /** @param {Wanted} asked @param {Name} name */
  function score({ text, parts }, name) {
    if (text === name.text) return 3;
    const share = 0.99 * Math.min(text.length / name.text.length, 1);
    if (parts.every((part) => name.known.has(part) || name.known.has(single(part)))) return 2 + share;
    return parts.every((part) => name.words.some((word) => word.startsWith(part))) ? 1 + share : 0;
  }

  /** @param {string} letters */
  const pairs = (letters) => new Set(Array.from(letters.slice(1), (letter, n) => letters[n] + letter));

  /** The names that have a pair of letters side by side. @type {Map<string, Name[]>} */
  const having = new Map();
  for (const name of names)
    for (const pair of pairs(name.text.replaceAll(" ", ""))) having.set(pair, having.get(pair) ?? []).get(pair).push(name);

  /** Lists the names that have the most of the pairs of letters wanted, a third at least.
   * @param {string} letters @returns {Name[]} */
  function likely(letters) {
    const wanted = pairs(letters);
    /** @type {Map<Name, number>} */
    const shared = new Map();
    for (const pair of wanted)
      for (const name of having.get(pair) ?? []) shared.set(name, (shared.get(name) ?? 0) + 1);
    return Array.from(shared)
      .filter(([, number]) => 3 * number >= wanted.size)
      .sort(([one, a], [other, b]) => b - a - (other.text.length - one.text.length) / LONG)
      .slice(0, LIKELY)
      .map(([name]) => name);
  }

  /** Counts the slips between letters and the nearest stretch of others: one too many, too few, wrong, or two swapped.
   * @param {string} letters @param {string} others @param {number} most beyond which there is no need to count */
  function slips(letters, others, most) {
    let before = [];
    let above = Array(others.length + 1).fill(0); // a stretch may begin anywhere
    let least = 0;
    for (let i = 1; i <= letters.length && least <= most; i++) {
      const row = [i];
      least = i;
      for (let j = 1; j <= others.length; j++) {
        const wrong = letters[i - 1] === others[j - 1] ? 0 : 1;
        row[j] = Math.min(row[j - 1] + 1, above[j] + 1, above[j - 1] + wrong);
        if (i > 1 && j > 1 && letters[i - 1] === others[j - 2] && letters[i - 2] === others[j - 1])
          row[j] = Math.min(row[j], before[j - 2] + 1);
        least = Math.min(least, row[j]);
      }
      [before, above] = [above, row];
    }
    return least; // and end anywhere
  }

  /** Scores the names that are what is wanted but for slips; blanks do not count.
   * @param {string} text @returns {Map<Name, number>} */
  function near(text) {
    const letters = text.replaceAll(" ", "");
    const most = Math.floor(letters.length / LETTERS);
    /** @type {Map<Name, number>} */
    const found = new Map();
    for (const name of likely(letters)) {
      const wrong = slips(letters, name.text.replaceAll(" ", ""), most);
      const share = Math.min(text.length / name.text.length, 1);
      if (wrong <= most) found.set(name, 1 - (wrong + 1 - share) / (letters.length + 1));
    }
    return found;
  }

  /** Finds the records whose names match, best first, each by its best name.
   * @param {string} words @param {number} most */
  function find(words, most) {
    const told = plain(words);
    if (told.length === 0) return { number: 0, matches: [] };
    const cited = told.flatMap((word) => (same[word] ?? word).split(" ")).filter((word) => !noise.includes(word));
    const forms = [told, cited].filter((form) => form.length).map(wanted);
    let scored = new Map(names.map((name) => [name, Math.max(...forms.map((form) => score(form, name)))]));
    if (!Array.from(scored.values()).some(Boolean)) scored = near(forms[0].text);
    /** @type {Map<Entry, { name: Name, score: number }>} */
    const best = new Map();
    for (const [name, reached] of scored)
      if (reached > (best.get(name.entry)?.score ?? 0)) best.set(name.entry, { name, score: reached });
    const sorted = Array.from(best).sort(
      ([one, a], [other, b]) => b.score - a.score || one[0].length - other[0].length || (one[0] < other[0] ? -1 : 1),
    );
    const matches = sorted.slice(0, most).map(([entry, { name }]) => shown(entry, name.name, told));
    return { number: sorted.length, matches };
  }

  /** @param {Entry} entry @param {string} by the name it was found by @param {string[]} words what was searched for */
  function shown(entry, by, words) {
    const label = entry[LABEL + language] || entry[LABEL];
    const [kind, other] = [kinds[spoken[language]][entry[1]], beside[entry[2]]];
    const own = plain(label);
    // what a label says itself need not be said again
    const told = by === label || by === other || words.every((part) => own.some((word) => word.startsWith(part)));
    return { id: entry[0], name: label, what: [kind, other, told ? "" : by].filter(Boolean).join(" · ") };
  }

  globalThis.cicteFinding = { find };
}
