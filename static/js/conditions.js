// Comfort: questions and choices that do not apply to the answers given are hidden, and stars follow what is required.
// The conditions are the questionnaire's own, as JSON on the page, and are judged as the server judges them: in the order
// of the form, an answer that does not apply counting as not given. Without this file every question that may come to
// apply stays visible and says in words when to answer it.
document.querySelectorAll("form[data-conditions]").forEach((form) => {
  "use strict";

  // Answers of other pages, where this one knows them.
  const known = document.getElementById("known-answers");
  const elsewhere = known ? JSON.parse(known.textContent) : {};
  const given = (asked, key) => {
    // Files that are attached, or that the server waits for, are no longer in the input.
    if (asked.hasAttribute("data-given")) return "given";
    let text = "";
    asked.querySelectorAll("input, select, textarea").forEach((field) => {
      const own = field.name === key || field.name.startsWith(`${key}-`);
      const pressed = (field.type !== "radio" && field.type !== "checkbox") || field.checked;
      if (own && pressed && !text) text = field.value.trim();
    });
    return text;
  };
  const holds = (condition, answers) => {
    const [kind, what] = Object.entries(condition)[0];
    if (kind === "not") return !holds(what, answers);
    if (kind === "any_of") return what.some((part) => holds(part, answers));
    if (kind === "all_of") return what.every((part) => holds(part, answers));
    const answer = answers[what.key] || "";
    if (kind === "is") return answer === what.value;
    if (kind === "one_of") return what.values.includes(answer);
    if (kind === "answered") return answer !== "";
    const digits = answer.replace(/\D/g, "");
    if (kind === "chapter") return what.chapters.includes(digits.slice(0, 2)) && digits.length >= 4;
    return true;
  };
  const questions = [...form.querySelectorAll("[data-asked]")].map((asked) => ({
    key: asked.dataset.asked,
    asked,
    box: asked.closest("[data-question]") || asked,
    condition: asked.hasAttribute("data-shown-if") ? JSON.parse(asked.dataset.shownIf) : null,
    choices: [...asked.querySelectorAll("input[data-shown-if]")],
    // What the server found wrong here is shown, whatever this script believes, until an answer decides otherwise.
    kept: asked.querySelector(".usa-error-message, .usa-form-group--error") !== null,
  }));
  const stars = [...form.querySelectorAll("[data-required-if]")];
  questions.forEach(({ box, condition }) => { if (condition) box.dataset.conditional = "yes"; });
  form.dataset.conditions = "judged";
  const showWhatApplies = () => {
    const answers = { ...elsewhere };
    questions.forEach((question) => {
      const { key, asked, box, condition, choices } = question;
      const applies = !condition || holds(condition, answers);
      if (applies) question.kept = false;
      if (condition) box.hidden = !applies && !question.kept;
      choices.forEach((choice) => {
        const offered = holds(JSON.parse(choice.dataset.shownIf), answers);
        choice.closest(".usa-radio").hidden = !offered && !choice.checked;
      });
      if (applies) answers[key] = given(asked, key);
    });
    stars.forEach((star) => { star.hidden = !holds(JSON.parse(star.dataset.requiredIf), answers); });
  };
  form.addEventListener("input", showWhatApplies);
  form.addEventListener("change", showWhatApplies);
  window.addEventListener("pageshow", showWhatApplies);
  showWhatApplies();
});
