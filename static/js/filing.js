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
  // ---- What was typed and is not saved yet is kept in this tab (sessionStorage), so that a lost connection loses nothing.
  // It goes with the save, with the end of the session (also site.js) and with the tab; other tabs and other people never
  // read it. Files cannot be kept: their names are, so that the page can say which to choose again.
  const person = document.querySelector("[data-session]")?.dataset.person || "";
  const kept = `tradecases:unsent:${person}:${form.getAttribute("action")}`;
  const leftOut = ["csrfmiddlewaretoken", "hts_q", "action"];
  const typed = () => [...new FormData(form)].filter(([name, value]) => typeof value === "string" && !leftOut.includes(name));
  const chosen = () => [...form.querySelectorAll('input[type="file"]')].flatMap((field) => [...field.files].map((file) => file.name));
  let signedOut = false;
  const keep = (sent) => {
    if (signedOut) return;
    try {
      sessionStorage.setItem(kept, JSON.stringify({ typed: typed(), files: chosen(), sent }));
    } catch { /* The browser allows no storage: the page still holds what was typed. */ }
  };
  const drop = () => { try { sessionStorage.removeItem(kept); } catch { /* Nothing was kept. */ } };
  const held = () => { try { return JSON.parse(sessionStorage.getItem(kept)); } catch { return null; } };
  // Put it back where the server does not have it: the revision says whether what was sent got there.
  const putBack = () => {
    const found = held();
    if (!found) return;
    const values = new Map();
    found.typed.forEach(([name, value]) => values.set(name, [...(values.get(name) || []), value]));
    drop();
    if (found.sent && Number(form.elements.revision.value) > Number(values.get("revision")?.[0])) return;
    let changed = null;
    [...form.elements].forEach((field) => {
      if (!field.name || leftOut.includes(field.name) || ["file", "submit", "button"].includes(field.type)) return;
      if (field.type === "radio" || field.type === "checkbox") {
        const pressed = (values.get(field.name) || []).includes(field.value);
        if (pressed !== field.checked) changed = field;
        field.checked = pressed;
      } else if (values.get(field.name)?.length) {
        const value = values.get(field.name).shift();
        if (value !== field.value && field.type !== "hidden") changed = field;
        field.value = value;
      }
    });
    const notice = form.querySelector("[data-unsent]");
    const words = [
      changed ? "What you typed before the connection was lost is back on this page." : "",
      found.files.length ? `Choose your files again, they were not sent: ${found.files.join(", ")}.` : "",
    ].filter(Boolean);
    if (!words.length || !notice) return;
    notice.querySelector("[data-unsent-words]").textContent = words.join(" ");
    notice.hidden = false;
    changed?.dispatchEvent(new Event("input", { bubbles: true })); // it is saved, and what now applies is shown
  };
  // Of the other steps nothing is kept once a page shows that it got to the server.
  const dropDelivered = () => {
    const petition = kept.slice(0, kept.lastIndexOf("/", kept.length - 2) + 1);
    try {
      Object.keys(sessionStorage).filter((key) => key.startsWith(petition) && key !== kept).forEach((key) => {
        const found = JSON.parse(sessionStorage.getItem(key));
        const revision = found.typed.find(([name]) => name === "revision")?.[1];
        if (found.sent && Number(revision) < Number(form.elements.revision.value)) sessionStorage.removeItem(key);
      });
    } catch { /* Nothing was kept. */ }
  };
  // Beside the button that was pressed, since nothing was sent.
  const refusal = document.createElement("p");
  refusal.className = "usa-error-message";
  refusal.setAttribute("role", "alert");
  const notSent = (button) => {
    const where = navigator.onLine ? "The server cannot be reached." : "You are offline.";
    const files = chosen().length ? ", with the files that you chose" : "";
    refusal.textContent = `${where} Your work is still on this page${files}. Try again when you are connected.`;
    (button || status)?.insertAdjacentElement("afterend", refusal);
    keep(false);
    tell("save-failed");
  };

  let changes = 0;
  let lost = false;
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
    const before = changes;
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
        lost = false;
        refusal.remove();
        if (changes === before) drop();
        else keep(false);
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
          signedOut = true;
          drop();
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
      lost = true;
      tell("save-failed");
    }
    running = false;
    const button = waiting;
    waiting = null;
    if (button && lost) notSent(button);
    else if (button) form.requestSubmit(button);
    else if (again) save();
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
    changes += 1;
    keep(false);
    clearTimeout(timer);
    timer = setTimeout(save, 1200);
  });
  // A button sends the whole form: it waits for a save still on its way, or it would carry an older revision. Without a
  // connection nothing is sent, since the browser would put a page of its own in the place of this one. Caught on the way
  // down, before other scripts take the form for sent.
  form.addEventListener("submit", (event) => {
    clearTimeout(timer);
    refreshToken();
    again = false;
    if (navigator.onLine && !running && !lost) {
      keep(true);
      stopped = true;
      return;
    }
    event.preventDefault();
    event.stopImmediatePropagation();
    if (!navigator.onLine) notSent(event.submitter);
    else {
      waiting = event.submitter;
      if (!running) save();
    }
  }, { capture: true });
  window.addEventListener("online", () => { if (lost || held()) save(); });
  document.addEventListener("tradecases:signed-in-again", () => {
    signedOut = false;
    save();
  });
  window.addEventListener("pageshow", () => { stopped = false; });
  dropDelivered();
  putBack();

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
