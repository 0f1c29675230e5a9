"""Every condition of every questionnaire in Chromium, with a script and without: what is required is visible.

The pages are made of the product's own fields, style sheets and script; no server is needed for them.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from typing import Any

import pytest
from django.conf import settings
from django.utils.html import json_script
from playwright.sync_api import BrowserContext

from exclusions import questionnaires
from exclusions.forms.questionnaire import step_form
from exclusions.questionnaires import Kind, Questionnaire
from tests.unit.questionnaires.every_condition import Case, cases

STATIC = settings.BASE_DIR / "static"
SCRIPT = (STATIC / "js" / "conditions.js").read_text()
STYLES = "".join(f"<style>{(STATIC / 'css' / name).read_text()}</style>" for name in ("site.css", "filing.css"))
# What is seen of each question, choice and star on the page.
SEEN = """() => {
  const seen = (element) => element.getClientRects().length > 0;
  return {
    questions: [...document.querySelectorAll("[data-asked]")].filter(seen).map((asked) => asked.dataset.asked),
    worded: [...document.querySelectorAll("[data-asked]")].filter((asked) =>
      [...asked.querySelectorAll(".tc-if")].some(seen)).map((asked) => asked.dataset.asked),
    starred: [...document.querySelectorAll("[data-asked]")].filter((asked) =>
      [...asked.querySelectorAll("legend abbr, label abbr")].some(seen)).map((asked) => asked.dataset.asked),
    choices: [...document.querySelectorAll("input[type=radio]")].filter((radio) =>
      seen(radio.closest(".usa-radio"))).map((radio) => `${radio.name}=${radio.value}`),
    columns: [...document.querySelectorAll("th abbr")].filter(seen).map((star) =>
      `${star.closest("[data-asked]").dataset.asked}: ${star.closest("th").innerText.split("*")[0].trim()}`),
  };
}"""
# Give the fields of the page the values that they have on another, as a person would.
TAKE_OVER = """(html) => {
  const other = new DOMParser().parseFromString(html, "text/html");
  document.querySelectorAll("[data-asked]").forEach((asked) => {
    const twin = other.querySelector(`[data-asked="${asked.dataset.asked}"]`);
    asked.toggleAttribute("data-given", twin.hasAttribute("data-given"));
  });
  document.querySelectorAll("input:not([type=file]), select, textarea").forEach((field) => {
    const same = `[name="${CSS.escape(field.name)}"]`;
    const twins = [...other.querySelectorAll(same)].filter((twin) => twin.id === field.id);
    if (!twins.length) return;
    field.checked = twins[0].checked;
    if (field.type !== "radio" && field.type !== "checkbox") field.value = twins[0].value;
  });
  document.querySelector("form").dispatchEvent(new Event("input", { bubbles: true }));
}"""
# In a page that has the styles: show a form as it comes, let the script judge it, give it the values of another.
SHOW = f"""window.show = (start, changed) => {{
  document.body.innerHTML = start;
  (() => {{ {SCRIPT} }})();
  if (changed !== start) ({TAKE_OVER})(changed);
  return ({SEEN})();
}};"""

Steps = tuple[str, ...]
Seen = dict[str, list[str]]


def pages(form: Questionnaire) -> list[Steps]:
    """The pages on which the product asks a form: a petition step by step, what answers one on one page."""
    steps = tuple(step.key for step in form.steps)
    return [steps] if form.key.startswith(("response", "reply")) else [(step,) for step in steps]


def html_of(form: Questionnaire, steps: Steps, answers: Mapping[str, Any]) -> str:
    """The page of these steps, as the product fills it with these stored answers; a draft's files are attached."""
    return _html(form.key, steps, json.dumps(answers, sort_keys=True))


@lru_cache(maxsize=200)  # most conditions of a page hang on that page alone: it is otherwise empty each time
def _html(key: str, steps: Steps, stored: str) -> str:
    form, answers = questionnaires.get(key), json.loads(stored)
    body = known = ""
    for step in steps:
        fields = step_form(form, step, answers, beside=steps)
        fields.know_files({q.key: len(answers.get(q.key, [])) for q in form.on_step(step) if q.kind is Kind.FILES})
        body += "".join(str(field.as_field_group()) for field in fields)
        known = str(json_script(fields.elsewhere, "known-answers"))
    return f"<main class='tc-main'><form data-conditions>{known}{body}</form></main>"


def on(form: Questionnaire, steps: Steps, keys: Iterable[str]) -> set[str]:
    """Those of the questions that are on the page."""
    return {key for key in keys if form.question(key).step in steps}


def elsewhere(form: Questionnaire, steps: Steps, answers: Mapping[str, Any]) -> dict[str, Any]:
    """The answers of other pages alone: the page itself is empty."""
    return {key: value for key, value in answers.items() if form.question(key).step not in steps}


def required(form: Questionnaire, steps: Steps, answers: Mapping[str, Any]) -> set[str]:
    """The questions that apply by the server's rule, and those that it would complain about."""
    shown = [question.key for question in form.applicable(form.clean(answers))]
    return on(form, steps, [*shown, *(problem.key for problem in form.problems(answers))])


def faults(form: Questionnaire, steps: Steps, case: Case, seen: Seen) -> list[str]:
    """What is seen, with a script, otherwise than the server judges."""
    wrong = []
    if set(seen["questions"]) != required(form, steps, case.answers):
        wrong.append(f"{set(seen['questions']) ^ required(form, steps, case.answers)} are seen otherwise")
    if case.question.step in steps:
        kind, _, part = case.what.partition(" ")
        label = next((column.label for column in case.question.columns if column.key == part), "")
        told = {
            "required": ("starred", case.question.key),
            "choice": ("choices", f"{case.question.key}={part}"),
            "column": ("columns", f"{case.question.key}: {label}"),
        }
        if kind in told and (told[kind][1] in seen[told[kind][0]]) != case.holds:
            wrong.append(f"{told[kind]} is seen otherwise")
    return [f"{case}: {what}" for what in wrong]


@pytest.mark.parametrize("key", questionnaires.KEYS)
def test_with_a_script_the_page_shows_what_the_server_asks(
    key: str, new_context: Callable[..., BrowserContext]
) -> None:
    """As the page comes, and as its answers are changed by hand."""
    form, page = questionnaires.get(key), new_context().new_page()
    page.set_content(STYLES)
    page.add_script_tag(content=SHOW)
    seen: dict[tuple[str, str], Seen] = {}
    wrong: list[str] = []
    for case in cases(form):
        concerned = {case.question.step, *(form.question(name).step for name in case.answers)}
        for steps in pages(form):
            if concerned.isdisjoint(steps):
                continue
            html = html_of(form, steps, case.answers)
            for start in (html, html_of(form, steps, elsewhere(form, steps, case.answers))):
                if (start, html) not in seen:
                    seen[start, html] = page.evaluate("both => show(...both)", [start, html])
                wrong += faults(form, steps, case, seen[start, html])
    assert wrong == []


@pytest.mark.parametrize("key", questionnaires.KEYS)
def test_without_a_script_all_that_may_apply_is_visible_and_says_when(
    key: str, new_context: Callable[..., BrowserContext]
) -> None:
    form, page = questionnaires.get(key), new_context(java_script_enabled=False).new_page()
    wrong: list[str] = []
    loaded: dict[str, Seen] = {}
    for case in cases(form):
        steps = next(steps for steps in pages(form) if case.question.step in steps)
        stored = elsewhere(form, steps, case.answers)
        html = html_of(form, steps, stored)
        if html not in loaded:
            page.set_content(STYLES + html)
            loaded[html] = page.evaluate(SEEN)
        out_of_sight = required(form, steps, case.answers) - set(loaded[html]["questions"])
        hanging = {found.question.key for found in form.asked(stored, steps) if found.condition is not None}
        if out_of_sight or not hanging <= set(loaded[html]["worded"]):
            wrong.append(f"{case}: out of sight {out_of_sight}, not worded {hanging - set(loaded[html]['worded'])}")
    assert wrong == []
