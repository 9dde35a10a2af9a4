"use strict";
// Shows a passage beside the mark that cites it. Without this script, or without popovers, a mark leads to its note.
(() => {
  const marks = [...document.querySelectorAll("a.cite")];
  const heading = document.querySelector(".notes h2");
  if (!marks.length || !heading || !("popover" in HTMLElement.prototype)) return;

  const box = document.createElement("div");
  box.id = "passage";
  box.className = "passage";
  box.popover = "auto"; // Escape and a click elsewhere close it
  box.setAttribute("role", "group");
  box.setAttribute("aria-label", heading.textContent);
  /** @type {HTMLAnchorElement | null} the mark whose passages are shown */
  let shown = null;

  /** Give the notes that a mark such as 3-5 cites. */
  function notesOf(mark) {
    const [first, last = first] = mark.textContent.match(/\d+/g).map(Number);
    const numbers = Array.from({ length: last - first + 1 }, (_, n) => first + n);
    return numbers.map((number) => document.getElementById(`note-${number}`)).filter(Boolean);
  }

  /** Fill the box with passages and the way to their notes. */
  function fill(mark) {
    const passages = notesOf(mark).map((note) => {
      const passage = document.createElement("p");
      passage.append(...[...note.childNodes].map((node) => node.cloneNode(true)));
      return passage;
    });
    const way = document.createElement("a");
    way.href = mark.hash;
    way.textContent = `${heading.textContent}: ${mark.textContent}`;
    const last = document.createElement("p");
    last.className = "to";
    last.append(way);
    box.replaceChildren(...passages, last);
  }

  /** Put the box below its mark, or above where there is more room. */
  function place() {
    const at = shown.getBoundingClientRect();
    const { offsetWidth: width, offsetHeight: height } = box;
    const below = at.bottom + 6 + height <= innerHeight || at.top < innerHeight - at.bottom;
    box.style.left = `${Math.max(8, Math.min(at.left, document.documentElement.clientWidth - width - 8))}px`;
    box.style.top = `${Math.max(8, below ? at.bottom + 6 : at.top - 6 - height)}px`;
  }

  /** Show the passages of a mark; the way to the note is the next thing to tab to. */
  function show(mark) {
    if (shown === mark && box.matches(":popover-open")) return;
    if (box.matches(":popover-open")) box.hidePopover();
    shown = mark;
    fill(mark);
    mark.after(box);
    mark.setAttribute("aria-describedby", box.id);
    box.showPopover();
    place();
  }

  box.addEventListener("toggle", (event) => {
    if (event.newState === "closed") for (const mark of marks) if (mark !== shown || !box.matches(":popover-open")) mark.removeAttribute("aria-describedby");
  });
  box.addEventListener("click", (event) => {
    if (event.target instanceof HTMLAnchorElement) box.hidePopover();
  });
  for (const mark of marks) {
    mark.addEventListener("click", (event) => {
      event.preventDefault();
      show(mark);
    });
    mark.addEventListener("focus", () => {
      if (mark.matches(":focus-visible")) show(mark);
    });
    mark.addEventListener("blur", (event) => {
      if (!box.contains(event.relatedTarget)) box.hidePopover();
    });
  }
  box.addEventListener("focusout", (event) => {
    if (event.relatedTarget !== shown && !box.contains(event.relatedTarget)) box.hidePopover();
  });
  addEventListener("scroll", () => box.matches(":popover-open") && place(), { passive: true });
})();
