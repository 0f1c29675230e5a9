// Comfort: questions that do not apply to the answers given are hidden. The condition is the questionnaire's own, as JSON
// on the field; without this file every question stays visible and says in words when to answer it.
document.querySelectorAll("form[data-conditions]").forEach((form) => {
  "use strict";

  // Answers of other steps, where the page knows them.
  const known = document.getElementById("known-answers");
  const elsewhere = known ? JSON.parse(known.textContent) : {};
  const value = (key) => {
    const fields = form.querySelectorAll(`[name="${CSS.escape(key)}"]`);
    for (const field of fields) {
      if (field.type !== "radio" && field.type !== "checkbox") return field.value.trim();
      if (field.checked) return field.value;
    }
    return fields.length ? "" : elsewhere[key] || "";
  };
  const holds = (condition) => {
    const [kind, what] = Object.entries(condition)[0];
    if (kind === "not") return !holds(what);
    if (kind === "any_of") return what.some(holds);
    if (kind === "all_of") return what.every(holds);
    const answer = value(what.key);
    if (kind === "is") return answer === what.value;
    if (kind === "one_of") return what.values.includes(answer);
    if (kind === "answered") return answer !== "";
    if (kind === "chapter") return what.chapters.includes(answer.replace(/\D/g, "").slice(0, 2)) && answer.length >= 4;
    return true;
  };
  const conditional = [...form.querySelectorAll("[data-shown-if]")].map((element) => ({
    question: element.closest("[data-question]") || element.closest(".usa-form-group"),
    condition: JSON.parse(element.getAttribute("data-shown-if")),
  }));
  conditional.forEach(({ question }) => { question.dataset.conditional = "yes"; });
  const showWhatApplies = () => {
    conditional.forEach(({ question, condition }) => { question.hidden = !holds(condition); });
  };
  form.addEventListener("input", showWhatApplies);
  form.addEventListener("change", showWhatApplies);
  showWhatApplies();
});
