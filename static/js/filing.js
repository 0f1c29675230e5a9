// Comfort on the steps of a petition: answers are saved as they are typed, and what the checks say appears beside each
// question. Every step works without this file.
(() => {
  "use strict";

  const form = document.querySelector("form[data-autosave]");
  if (!form) return;

  // ---- What the checks say of the answers just saved, beside their questions. It takes the place of what the page was
  // sent with; errors in the cells of a table stay until the page is loaded again.
  const say = (remarks) => {
    form.querySelectorAll("[data-question]").forEach((question) => {
      const own = remarks.filter((remark) => remark.key === question.dataset.question);
      if (question.querySelector(".tc-answer .usa-error-message")) return;
      const control = document.getElementById(`id_${question.dataset.question}`);
      if (!own.some((remark) => remark.level === "error")) {
        question.querySelectorAll(".usa-error-message").forEach((message) => { message.hidden = true; });
        question.querySelectorAll(".usa-form-group--error").forEach((group) => group.classList.remove("usa-form-group--error"));
        if (control) {
          control.classList.remove("usa-input--error");
          control.removeAttribute("aria-invalid");
        }
      }
      question.querySelectorAll(".usa-alert--warning").forEach((alert) => alert.remove());
      const place = question.querySelector("[data-said]");
      const shown = question.querySelector(".usa-error-message:not([hidden])");
      place.replaceChildren(...own.filter((remark) => remark.level === "warning" || !shown).map((remark) => {
        const line = document.createElement("p");
        line.className = remark.level === "error" ? "usa-error-message" : "tc-warning";
        line.textContent = remark.text;
        return line;
      }));
    });
  };

  // ---- Autosave: one request at a time, the newest state after it; files go with the buttons only.
  const status = form.querySelector("[data-save-status]");
  // Signing in again in another window changes the token; the form follows, so that its buttons still work.
  const refreshToken = () => {
    const found = document.cookie.match(/(?:^|; )(?:__Host-)?csrftoken=([^;]+)/);
    if (found) form.elements.csrfmiddlewaretoken.value = found[1];
  };
  const tell = (name, detail) => form.dispatchEvent(new CustomEvent(`tradecases:${name}`, { detail }));
  let timer = 0;
  let running = false;
  let again = false;
  let stopped = false;
  let waiting = null;
  const save = async () => {
    if (stopped) return;
    if (running) {
      again = true;
      return;
    }
    running = true;
    again = false;
    tell("saving");
    refreshToken();
    const data = new FormData(form);
    form.querySelectorAll('input[type="file"]').forEach((field) => data.delete(field.name));
    data.delete("hts_q");
    try {
      // Not form.action: the buttons are named so too.
      const answer = await fetch(form.getAttribute("action"), { method: "POST", body: data, headers: { "X-Autosave": "1" }, credentials: "same-origin", redirect: "manual" });
      const told = answer.headers.get("content-type")?.startsWith("application/json") ? await answer.json() : {};
      if (answer.ok) {
        form.elements.revision.value = told.revision;
        form.elements.seen.value = told.seen;
        const meter = form.querySelector("progress");
        if (meter) {
          meter.value = told.done;
          meter.max = told.total;
          meter.closest("label").firstChild.textContent = `Required answers given: ${told.done} of ${told.total} `;
        }
        say(told.remarks);
        if (!again) tell("saved", told.saved);
      } else {
        tell("save-failed");
        if (answer.status === 401 || told.renew) {
          // Signed out, or signed in again in another tab: session.js finds out which, and this is saved afterwards.
          if (status) status.textContent = "Not saved yet: your work is still on this page. Sign in again in a new tab; it is saved when you come back.";
          document.dispatchEvent(new CustomEvent("tradecases:signed-out"));
          waiting = null;
          running = false;
          return;
        }
        if (told.reasons && status) {
          status.textContent = `Not saved: ${told.reasons.join(" ")} Press “Save”: the next page shows what you typed, and what is saved.`;
          stopped = true;
        }
      }
    } catch {
      tell("save-failed");
    }
    running = false;
    if (waiting) {
      const button = waiting;
      waiting = null;
      form.requestSubmit(button);
    } else if (again) save();
  };
  // The tick "none bought" fills the empty cells of its origin on saving; here it is seen at once.
  form.addEventListener("change", (event) => {
    if (!event.target.matches("[data-zeros]")) return;
    event.target.closest("tbody").querySelectorAll('input[type="text"]').forEach((cell) => {
      if (event.target.checked && cell.value.trim() === "") {
        cell.value = "0";
        cell.dataset.zero = "";
      } else if (!event.target.checked && cell.value === "0" && "zero" in cell.dataset) {
        cell.value = "";
      }
    });
  });
  form.addEventListener("input", (event) => {
    if (event.target.type === "file" || event.target.name === "hts_q") return;
    clearTimeout(timer);
    timer = setTimeout(save, 1200);
  });
  // A button sends the whole form: it waits for a save still on its way, or it would carry an older revision.
  form.addEventListener("submit", (event) => {
    clearTimeout(timer);
    refreshToken();
    again = false;
    if (running) {
      event.preventDefault();
      waiting = event.submitter;
      return;
    }
    stopped = true;
  });
  document.addEventListener("tradecases:signed-in-again", save);
  window.addEventListener("pageshow", () => { stopped = false; });

  // ---- The number: what is typed into the question itself is looked up too.
  const picker = form.querySelector("[data-picker]");
  const number = picker && document.getElementById(picker.dataset.picker);
  let lookup = 0;
  if (number && window.htmx) {
    number.addEventListener("input", () => {
      clearTimeout(lookup);
      const asked = `${picker.dataset.url}?q=${encodeURIComponent(number.value)}`;
      lookup = setTimeout(() => window.htmx.ajax("GET", asked, { target: "#number-results", source: picker }), 400);
    });
  }
  // A look-up after signing out would bring the sign-in page into the panel.
  form.addEventListener("htmx:beforeSwap", (event) => {
    if (!event.detail.xhr.responseURL.includes("/hts/")) event.detail.shouldSwap = false;
  });
})();
