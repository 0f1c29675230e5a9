// Warns before a session ends and keeps what was typed: it stays in the page, the sign-in opens in a new tab, and
// afterwards the page's forms get the new token. This file stores nothing in the browser. Without it the server holds a
// form that arrives too late.
(() => {
  "use strict";

  const notice = document.querySelector("[data-session]");
  if (!notice) return;
  const ADDRESS = "/accounts/session/";
  const person = notice.dataset.person;
  const words = notice.querySelector("[data-session-words]");
  const stay = notice.querySelector("[data-session-stay]");
  const again = notice.querySelector("[data-session-again]");
  const other = "Someone else is signed in now in this browser. Copy what you typed before you leave this page.";
  let endsAt = Date.now() + Number(notice.dataset.endsIn) * 1000;
  let ended = false;
  let refused = false;
  let timer = 0;

  const warnAt = () => endsAt - Number(notice.dataset.warn) * 1000;
  const hide = () => { notice.hidden = true; };
  const show = (text, over) => {
    if (words.textContent !== text) words.textContent = text;
    stay.hidden = over;
    again.hidden = !over;
    notice.hidden = false;
  };
  const tell = (name) => document.dispatchEvent(new CustomEvent(`tradecases:${name}`));

  const take = (told) => {
    document.querySelectorAll('input[name="csrfmiddlewaretoken"]').forEach((field) => { field.value = told.csrf; });
    if (!told.ends_in) {
      ended = true;
      show("Your session has ended. What you typed is still on this page. Sign in again in a new tab, then return here.", true);
      return;
    }
    if (String(told.person) !== person) {
      show(other, true);
      again.hidden = true;
      return;
    }
    endsAt = Date.now() + told.ends_in * 1000;
    if (ended || refused) tell("signed-in-again");
    ended = refused = false;
    if (Date.now() < warnAt()) hide();
    else {
      const minutes = Math.max(1, Math.round((endsAt - Date.now()) / 60000));
      show(`You will be signed out in about ${minutes === 1 ? "a minute" : `${minutes} minutes`} unless you stay signed in.`, false);
    }
    plan();
  };
  const ask = async (method) => {
    try {
      const field = document.querySelector('input[name="csrfmiddlewaretoken"]');
      const headers = method === "POST" ? { "X-CSRFToken": field ? field.value : "" } : {};
      const answer = await fetch(ADDRESS, { method, headers, credentials: "same-origin", cache: "no-store" });
      if (answer.ok) take(await answer.json());
      else if (method === "POST") ask("GET");
    } catch {
      plan(30000); // the server did not answer: ask again later
    }
  };
  // Another tab, or a save of this one, may have prolonged the session: the server is asked before anything is said.
  const plan = (wait) => {
    clearTimeout(timer);
    const now = Date.now();
    const next = now < warnAt() ? warnAt() - now : Math.min(60000, Math.max(1000, endsAt - now + 1000));
    timer = setTimeout(() => ask("GET"), Math.min(wait || next, 2147483647));
  };
  stay.addEventListener("click", () => ask("POST"));
  document.addEventListener("tradecases:signed-out", () => { refused = true; ask("GET"); });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible" && (ended || Date.now() >= warnAt())) ask("GET");
  });
  window.addEventListener("focus", () => { if (ended) ask("GET"); });
  plan();
})();
