"""The pages of the help: which there are, what each is about, and which one helps with a question of a form.

Their words are in templates, which ship with the product: no table is read.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from html import unescape

from django.template.loader import get_template
from django.urls import reverse

from exclusions.criteria import ALL
from exclusions.queries.answers.help_words import GLOSSARY, QUESTIONS
from exclusions.questionnaires.language.question import Question

_TAGS = re.compile(r"{%.*?%}|{{.*?}}|{#.*?#}|<[^>]*>", re.DOTALL)

# What two pages list, which is not in their templates.
_LISTED = {
    "glossary": " ".join(f"{term}: {meaning}" for term, meaning in GLOSSARY),
    "questions": " ".join(f"{asked} {answer}" for asked, answer in QUESTIONS),
}


@dataclass(frozen=True)
class HelpPage:
    """One page: its place in the address, its title, one sentence on it, its heading in the list, and its template."""

    slug: str
    title: str
    description: str
    group: str
    template: str
    url_name: str = "help-page"

    @property
    def address(self) -> str:
        """The path of the page."""
        return reverse(self.url_name) if self.url_name != "help-page" else reverse(self.url_name, args=[self.slug])

    @property
    def words(self) -> str:
        """The text of the page without its markup, for a search: title and description come first."""
        return f"{self.title}. {self.description} {_text(self.template)} {_LISTED.get(self.slug, '')}".strip()


@lru_cache(maxsize=64)
def _text(template: str) -> str:
    source: str = get_template(template).template.source  # type: ignore[attr-defined]
    return " ".join(unescape(_TAGS.sub(" ", source)).split())


BEGIN, FACTORS, PAPERS, OTHERS, SITE = (
    "Before you file",
    "What is decided on",
    "Figures and confidence",
    "For others",
    "About this site",
)
_CRITERIA: Mapping[str, tuple[str, str]] = {
    "eligibility": (
        "What a round of petitions takes at all: the number, one product, complete, and in time.",
        "answers/help/criteria/eligibility.html",
    ),
    "availability": (
        "What shows that a product cannot be had outside China, and what does not.",
        "answers/help/criteria/availability.html",
    ),
    "severe_economic_harm": (
        "Which figures show severe economic harm, and why a higher price alone does not.",
        "answers/help/criteria/severe_economic_harm.html",
    ),
    "strategic_importance": (
        "What “Made in China 2025” and other Chinese industrial programs have to do with a petition.",
        "answers/help/criteria/strategic_importance.html",
    ),
    "domestic_manufacturing": (
        "What a petition for machinery has to show of the requester's own production in the United States.",
        "answers/help/criteria/domestic_manufacturing.html",
    ),
    "objective": (
        "When an exclusion would work against the Section 301 investigation itself.",
        "answers/help/criteria/objective.html",
    ),
    "administrability": (
        "Whether Customs can tell the product at entry by the text alone, and what stands in the way.",
        "answers/help/criteria/administrability.html",
    ),
}
PAGES: tuple[HelpPage, ...] = (
    HelpPage(
        "exclusions",
        "What an exclusion is",
        "Who may use an exclusion, from when to when, and how it is claimed at entry.",
        BEGIN,
        "answers/help/exclusions.html",
    ),
    HelpPage(
        "filing",
        "File a petition, step by step",
        "What you need at hand, how long it takes, and what happens after you submit.",
        BEGIN,
        "answers/help/filing.html",
    ),
    HelpPage(
        "describing-a-product",
        "Describe a product that customs can apply",
        "Rules for a product description, good and bad examples, and a box that checks yours as you type.",
        BEGIN,
        "answers/help/describing.html",
        "help-describe",
    ),
    HelpPage(
        "sample-petition",
        "A sample petition",
        "A whole petition as a careful filer answers it, with what is public and what stays confidential.",
        BEGIN,
        "answers/help/sample.html",
    ),
    HelpPage(
        "deadlines",
        "How the clocks run",
        "When comment periods, replies and corrections end, how days are counted, and what is in time.",
        BEGIN,
        "answers/help/deadlines.html",
    ),
    HelpPage(
        "decision",
        "From posting to decision",
        "The four stages that the public sees, who does what in each, and what a decision says.",
        BEGIN,
        "answers/help/decision.html",
    ),
    *(HelpPage(one.key.replace("_", "-"), one.title, *_CRITERIA[one.key][:1], FACTORS, _CRITERIA[one.key][1])
      for one in ALL),
    HelpPage(
        "trade-figures",
        "Purchases and revenue",
        "Which figures the form asks for, for which periods, how to estimate, and who reads them.",
        PAPERS,
        "answers/help/trade_figures.html",
    ),
    HelpPage(
        "confidential",
        "Business confidential information",
        "What may be confidential, what never is, and how to write a public summary.",
        PAPERS,
        "answers/help/confidential.html",
    ),
    HelpPage(
        "public",
        "What becomes public",
        "Which answers everybody reads once a petition or a response is posted, and which nobody does.",
        PAPERS,
        "answers/help/public.html",
    ),
    HelpPage(
        "responders",
        "Support or oppose a petition",
        "How to respond without an account, what an objection has to say, and what happens with it.",
        OTHERS,
        "answers/help/responders.html",
    ),
    HelpPage(
        "representatives",
        "Law firms, brokers and associations",
        "How to file for somebody else: authorization, its end, and what each side sees.",
        OTHERS,
        "answers/help/representatives.html",
    ),
    HelpPage(
        "researchers",
        "Data for researchers and journalists",
        "Exports, feeds and the API: what they hold, how to cite them, and what they leave out.",
        OTHERS,
        "answers/help/researchers.html",
    ),
    HelpPage(
        "questions",
        "Questions that are asked often",
        "Short answers about duties, refunds, denials, deadlines and accounts.",
        OTHERS,
        "answers/help/questions.html",
    ),
    HelpPage(
        "glossary",
        "Glossary",
        "The words of the field, each in a sentence: from action and annex to technical amendment.",
        SITE,
        "answers/help/glossary.html",
    ),
    HelpPage(
        "contact",
        "Contact",
        "Whom to ask about a petition, about classification, and about this site.",
        SITE,
        "answers/help/contact.html",
    ),
    HelpPage(
        "privacy",
        "Privacy",
        "Which personal data this site keeps, why, who sees them, and what is never done with them.",
        SITE,
        "answers/help/privacy.html",
    ),
    HelpPage(
        "accessibility",
        "Accessibility",
        "What this site does so that everybody can use it, how it is tested, and how to report a barrier.",
        SITE,
        "answers/help/accessibility.html",
    ),
)  # fmt: skip
_BY_SLUG = {page.slug: page for page in PAGES}
# Where a question bears on no factor, its step says which page helps; else the page on confidence does.
_OF_STEP = {
    "contact": "public",
    "product": "describing-a-product",
    "equipment": "describing-a-product",
    "availability": "availability",
    "trade": "trade-figures",
    "harm": "severe-economic-harm",
    "need": "severe-economic-harm",
    "use": "domestic-manufacturing",
    "rationale": "objective",
    "exclusion": "exclusions",
    "position": "responders",
    "effects": "severe-economic-harm",
    "response": "responders",
    "reply": "deadlines",
    "certify": "filing",
}
_OF_QUESTION = {
    "purchases": "trade-figures",
    "revenue": "trade-figures",
    "is_third_party": "representatives",
    "hts10": "filing",
    "adcvd": "filing",
    "adcvd_cases": "filing",
    "has_earlier_requests": "filing",
    "certify_confidential": "confidential",
}
_OF_FACTOR = {key: one.key.replace("_", "-") for one in reversed(ALL) for key in one.evidence_keys}
_PRODUCT_STEPS = ("product", "equipment")


def help_pages() -> list[HelpPage]:
    """Return every page of the help, in the order of its list."""
    return list(PAGES)


def help_page(slug: str) -> HelpPage | None:
    """Return the page of this place in the address, None when there is none."""
    return _BY_SLUG.get(slug)


def help_groups() -> dict[str, list[HelpPage]]:
    """Return the pages under the headings of their list."""
    found: dict[str, list[HelpPage]] = {}
    for page in PAGES:
        found.setdefault(page.group, []).append(page)
    return found


def help_of(question: Question) -> HelpPage:
    """Return the page that helps with a question of any form: its own, that of its factor, or that of its step."""
    key = question.key
    if key in _OF_QUESTION:
        return _BY_SLUG[_OF_QUESTION[key]]
    if question.step in _PRODUCT_STEPS:
        return _BY_SLUG[_OF_STEP[question.step]]
    return _BY_SLUG[_OF_FACTOR.get(key) or _OF_STEP.get(question.step, "confidential")]
