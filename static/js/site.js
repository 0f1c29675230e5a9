// Comfort only: every page works without this file.
(() => {
  "use strict";

  // ---- The header's menu on small screens; without scripts the links simply stay visible.
  const menu = document.querySelector(".tc-menu");
  if (menu) {
    menu.addEventListener("click", () => {
      menu.setAttribute("aria-expanded", String(menu.getAttribute("aria-expanded") !== "true"));
    });
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && menu.getAttribute("aria-expanded") === "true") {
        menu.setAttribute("aria-expanded", "false");
        menu.focus();
      }
    });
  }

  // ---- What the search of the header finds as one types: arrows walk through it; Escape, and leaving it, close it.
  const suggested = document.getElementById("site-found");
  if (suggested) {
    const search = suggested.closest("form");
    const box = search.querySelector("input");
    const close = () => suggested.replaceChildren();
    search.addEventListener("keydown", (event) => {
      const places = [box, ...suggested.querySelectorAll("a")];
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      const at = places.indexOf(document.activeElement);
      if (event.key === "Escape" && places.length > 1) {
        event.preventDefault();
        close();
        box.focus();
      } else if (step && at >= 0 && places[at + step]) {
        event.preventDefault();
        places[at + step].focus();
      }
    });
    suggested.addEventListener("pointerdown", (event) => event.preventDefault()); // the focus stays until the click
    search.addEventListener("focusout", (event) => { if (!search.contains(event.relatedTarget)) close(); });
    search.addEventListener("htmx:beforeSwap", (event) => {
      if (event.detail.target === suggested && !search.contains(document.activeElement)) event.detail.shouldSwap = false;
    });
  }

  // ---- A page that answered a form is made one that was asked for, so that Back and Reload ask nobody to send it again.
  const posted = document.querySelector("main[data-posted]");
  if (posted) {
    const from = document.referrer.startsWith(`${location.origin}/`) ? document.referrer : location.href;
    history.replaceState(history.state, "", posted.dataset.posted || from);
  }

  // ---- After a refused form, start at the list of what is wrong.
  const summary = document.querySelector("[data-focus]");
  if (summary) summary.focus();

  // ---- How many characters are left, for every long text with a limit. Said aloud only near the end.
  const count = (field) => {
    const note = document.createElement("span");
    note.className = "usa-hint tc-count";
    note.id = `${field.id || field.name}-count`;
    const spoken = document.createElement("span");
    spoken.className = "usa-sr-only";
    spoken.setAttribute("role", "status");
    const say = () => {
      const left = field.maxLength - field.value.length;
      note.textContent = `${left.toLocaleString("en-US")} character${left === 1 ? "" : "s"} left`;
      note.classList.toggle("tc-count--low", left < 20);
      spoken.textContent = left < 50 ? note.textContent : "";
    };
    field.insertAdjacentElement("afterend", spoken);
    field.insertAdjacentElement("afterend", note);
    const described = field.getAttribute("aria-describedby");
    field.setAttribute("aria-describedby", described ? `${described} ${note.id}` : note.id);
    field.addEventListener("input", say);
    say();
  };
  const countAll = (root) => {
    root.querySelectorAll("textarea[maxlength]:not([data-counted])").forEach((field) => {
      field.dataset.counted = "yes";
      count(field);
    });
  };
  countAll(document);
  document.addEventListener("htmx:load", (event) => countAll(event.target));

  // ---- Unsaved work: <form data-guard> asks before the page is left with changes that were neither saved nor sent.
  document.querySelectorAll("form[data-guard]").forEach((form) => {
    let changed = false;
    form.addEventListener("input", () => { changed = true; });
    form.addEventListener("submit", () => { changed = false; });
    form.addEventListener("tradecases:saved", () => { changed = false; });
    window.addEventListener("beforeunload", (event) => {
      if (changed) event.preventDefault();
    });
  });

  // ---- Autosave: the form (or htmx on it) tells how a save goes; [data-save-status] inside it says so in words.
  const words = {
    "tradecases:saving": () => "Saving…",
    "tradecases:saved": (event) => event.detail || "Saved.",
    "tradecases:save-failed": () => (navigator.onLine
      ? "Not saved yet. Your work is still on this page."
      : "You are offline. Your work is still on this page. It is saved when you are connected again."),
  };
  document.querySelectorAll("form[data-autosave]").forEach((form) => {
    const status = form.querySelector("[data-save-status]");
    Object.entries(words).forEach(([name, text]) => {
      form.addEventListener(name, (event) => {
        if (!status) return;
        status.textContent = text(event);
        status.classList.toggle("tc-save--failed", name === "tradecases:save-failed");
      });
    });
    const tell = (name) => form.dispatchEvent(new CustomEvent(`tradecases:${name}`));
    const own = (event) => event.target === form;
    form.addEventListener("htmx:beforeRequest", (event) => own(event) && tell("saving"));
    form.addEventListener("htmx:afterRequest", (event) => own(event) && tell(event.detail.successful ? "saved" : "save-failed"));
  });

  // ---- What a filing page kept in this tab (filing.js) goes with the sign-out, and is nobody else's.
  try {
    const own = document.querySelector("[data-session]")?.dataset.person;
    Object.keys(sessionStorage)
      .filter((key) => key.startsWith("tradecases:unsent:") && !(own && key.startsWith(`tradecases:unsent:${own}:`)))
      .forEach((key) => sessionStorage.removeItem(key));
  } catch { /* The browser allows no storage: nothing was kept. */ }

  // ---- A second click must not file twice: <form data-once> keeps its buttons still after the first submission.
  document.querySelectorAll("form[data-once]").forEach((form) => {
    form.addEventListener("submit", (event) => {
      if (form.dataset.sent) event.preventDefault();
      form.dataset.sent = "yes";
    });
    window.addEventListener("pageshow", () => { delete form.dataset.sent; });
  });
})();
