// Keys and boxes of a worklist. Comfort only: everything here has a link, a box or a button of its own.
(() => {
  "use strict";

  const rows = [...document.querySelectorAll("[data-case]")];
  const boxes = [...document.querySelectorAll('input[name="chosen"]')];
  const help = document.querySelector("[data-keys]");
  const many = document.querySelector("[data-many]");

  // ---- How many are chosen, and all of the page at once.
  if (many) {
    const count = many.querySelector("[data-many-count]");
    const say = () => {
      const chosen = boxes.filter((box) => box.checked).length;
      count.textContent = chosen ? `${chosen} chosen` : "";
    };
    boxes.forEach((box) => box.addEventListener("change", say));
    const all = many.querySelector("[data-many-all]");
    all.addEventListener("click", (event) => {
      event.preventDefault();
      const every = boxes.every((box) => box.checked);
      boxes.forEach((box) => { box.checked = !every; });
      say();
    });
    window.addEventListener("pageshow", say);
  }

  // ---- Keys. The row is where the focus is, so that a screen reader reads what a key reaches.
  const here = () => rows.findIndex((row) => row.contains(document.activeElement));
  const link = (row) => row.querySelector("a[href]");
  const go = (step) => {
    const next = rows[Math.min(Math.max(here() + step, 0), rows.length - 1)];
    if (next) link(next).focus();
  };
  const press = (name) => {
    const found = document.querySelector(`[data-key="${name}"]`);
    if (found) found.click();
  };
  const keys = {
    j: () => go(1),
    k: () => go(here() < 0 ? 1 : -1),
    o: () => { if (here() >= 0) link(rows[here()]).click(); },
    x: () => {
      const box = here() >= 0 && rows[here()].querySelector('input[name="chosen"]');
      if (box) box.click();
    },
    n: () => press("n"),
    "/": () => {
      const box = document.querySelector('[data-key="/"]');
      if (box) box.focus();
    },
    "?": () => { if (help) help.showModal(); },
  };
  const typing = (target) => target.closest("input:not([type='checkbox']), textarea, select, [contenteditable]");
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing || event.defaultPrevented) return;
    if (typing(event.target) || (help && help.open) || !Object.hasOwn(keys, event.key)) return;
    event.preventDefault();
    keys[event.key]();
  });
})();
