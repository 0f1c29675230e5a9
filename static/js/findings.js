// The findings of a case: to choose a result opens the evidence and the box for the reasons, and closes the others.
// Comfort only: without it the line below the result opens them.
(() => {
  "use strict";

  const open = (criterion) => {
    const work = criterion && criterion.querySelector("details[data-work]");
    if (!work || work.open) return;
    work.open = true; // of those with one name the browser closes the others
    requestAnimationFrame(() => criterion.scrollIntoView({ block: "nearest" }));
  };
  document.querySelectorAll(".tc-criterion").forEach((criterion) => {
    criterion.addEventListener("change", (event) => {
      if (event.target.type === "radio") open(criterion);
    });
  });
  document.querySelectorAll('a[href^="#criterion-"]').forEach((link) => {
    link.addEventListener("click", () => open(document.getElementById(link.hash.slice(1))));
  });
})();
