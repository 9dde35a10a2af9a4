"use strict";
/* The index of questions: only those with the words that are typed. */
(() => {
  const field = document.getElementById("words");
  const left = document.getElementById("left");
  const plain = (text) => text.normalize("NFD").replaceAll(/\p{M}/gu, "").toLowerCase();
  const items = [...document.querySelectorAll("[data-words]")].map((item) => [item, plain(item.dataset.words)]);
  field.closest("[hidden]").hidden = false;
  const filter = () => {
    const wanted = plain(field.value).split(/\s+/);
    for (const [item, said] of items) item.hidden = !wanted.every((word) => said.includes(word));
    for (const topic of document.querySelectorAll(".topic")) topic.hidden = !topic.querySelector("li:not([hidden])");
    left.textContent = field.value && items.filter(([item]) => !item.hidden).length;
  };
  field.addEventListener("input", filter);
  if (field.value) filter();
})();
