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
from exclusions.queries.lookup.help_words import GLOSSARY, QUESTIONS
from exclusions.questionnaires.language.question import Question

_TAGS = re.compile(r"{%.*?%}|{{.*?}}|{#.*?#}|<[^>]*>", re.DOTALL)

# What two pages list, which is not in their templates.
_LISTED = {
    "glossary": " ".join(f"{term}: {meaning}" for term, meaning in GLOSSARY),
    "questions": " ".join(f"{asked} {answer}" for asked, answer in QUESTIONS),
}


HELP_PAGE = "help-page"  # the route of a page that has none of its own


@dataclass(frozen=True)
class HelpPage:
    """One page: its place in the address, its title, one sentence on it, its heading in the list, and its template."""

    slug: str
    title: str
    description: str
    group: str
    template: str
    url_name: str = HELP_PAGE

    @property
    def address(self) -> str:
        """The path of the page."""
        return reverse(self.url_name) if self.url_name != HELP_PAGE else reverse(self.url_name, args=[self.slug])

    @property
    def plain_text(self) -> str:
        """The text of the page for a search: title, description, then the template without markup."""
        return f"{self.title}. {self.description} {_text(self.template)} {_LISTED.get(self.slug, '')}".strip()


@lru_cache(maxsize=64)
def _text(template: str) -> str:
    source: str = get_template(template).template.source  # type: ignore[attr-defined]
    return " ".join(unescape(_TAGS.sub(" ", source)).split())


BEGIN, DUTY, FACTORS, PAPERS, OTHERS, SITE = (
    "Before you file",
    "Duty and refunds",
    "How we decide",
    "Figures and confidential answers",
    "For others",
    "About this site",
)
_CRITERIA: Mapping[str, tuple[str, str]] = {
    "eligibility": (
        "What a petition needs to be considered: the right number, one product, every answer, in time.",
        "lookup/help/criteria/eligibility.html",
    ),
    "availability": (
        "How to show that you cannot get a product outside China, and what does not count.",
        "lookup/help/criteria/availability.html",
    ),
    "severe_economic_harm": (
        "Which figures show severe economic harm, and why a higher price alone is not enough.",
        "lookup/help/criteria/severe_economic_harm.html",
    ),
    "strategic_importance": (
        "How “Made in China 2025” and other Chinese industrial programs matter to a petition.",
        "lookup/help/criteria/strategic_importance.html",
    ),
    "domestic_manufacturing": (
        "What a machinery petition must show about your own production in the United States.",
        "lookup/help/criteria/domestic_manufacturing.html",
    ),
    "objective": (
        "When an exclusion would work against the Section 301 investigation itself.",
        "lookup/help/criteria/objective.html",
    ),
    "administrability": (
        "How Customs tells the product at entry by its text alone, and what makes that hard.",
        "lookup/help/criteria/administrability.html",
    ),
}
PAGES: tuple[HelpPage, ...] = (
    HelpPage(
        "exclusions",
        "What an exclusion is",
        "Who may use an exclusion, from when to when, and how to claim it at entry.",
        DUTY,
        "lookup/help/exclusions.html",
    ),
    HelpPage(
        "filing",
        "File a petition, step by step",
        "What you need, how long it takes, and what happens after you submit.",
        BEGIN,
        "lookup/help/filing.html",
    ),
    HelpPage(
        "refunds",
        "Claim duty back",
        "Which entry files to upload, what the answer says, and when to claim.",
        DUTY,
        "lookup/help/refunds.html",
    ),
    HelpPage(
        "exceptions",
        "When you may not owe a duty",
        "The exceptions to duties on all goods, goods in transit, and goods returned to the United States.",
        DUTY,
        "lookup/help/exceptions.html",
    ),
    HelpPage(
        "describing-a-product",
        "Describe a product that customs can apply",
        "Rules, good and bad examples, and a box that checks your description as you type.",
        BEGIN,
        "lookup/help/describing.html",
        "help-describe",
    ),
    HelpPage(
        "sample-petition",
        "A sample petition",
        "A complete petition by a careful filer, with its public and confidential answers marked.",
        BEGIN,
        "lookup/help/sample.html",
    ),
    HelpPage(
        "deadlines",
        "Deadlines",
        "When comments, replies and corrections are due, and how to count the days.",
        BEGIN,
        "lookup/help/deadlines.html",
    ),
    HelpPage(
        "decision",
        "From posting to decision",
        "The four public stages, who does what in each, and what a decision says.",
        BEGIN,
        "lookup/help/decision.html",
    ),
    *(HelpPage(one.key.replace("_", "-"), one.title, *_CRITERIA[one.key][:1], FACTORS, _CRITERIA[one.key][1])
      for one in ALL),
    HelpPage(
        "trade-figures",
        "Purchases and revenue",
        "Which figures to give, for which periods, how to estimate, and who reads them.",
        PAPERS,
        "lookup/help/trade_figures.html",
    ),
    HelpPage(
        "confidential",
        "Business confidential information",
        "What you may keep confidential, what you may not, and how to write a public summary.",
        PAPERS,
        "lookup/help/confidential.html",
    ),
    HelpPage(
        "public",
        "What becomes public",
        "Which answers of a petition or response everyone can read, and which no one can.",
        PAPERS,
        "lookup/help/public.html",
    ),
    HelpPage(
        "responders",
        "Support or oppose a petition",
        "How to respond without an account, what to say, and what happens next.",
        OTHERS,
        "lookup/help/responders.html",
    ),
    HelpPage(
        "representatives",
        "Law firms, brokers and associations",
        "How to file for a client: authorization, its end, and what each side sees.",
        OTHERS,
        "lookup/help/representatives.html",
    ),
    HelpPage(
        "researchers",
        "Data for researchers and journalists",
        "Exports, feeds and the API: what they contain, what they leave out, how to cite them.",
        OTHERS,
        "lookup/help/researchers.html",
    ),
    HelpPage(
        "questions",
        "Common questions",
        "Short answers about duties, refunds, denials, deadlines and accounts.",
        OTHERS,
        "lookup/help/questions.html",
    ),
    HelpPage(
        "glossary",
        "Glossary",
        "Terms explained in a sentence each, from action and annex to technical amendment.",
        SITE,
        "lookup/help/glossary.html",
    ),
    HelpPage(
        "contact",
        "Contact",
        "Whom to ask about a petition, a tariff number or this site.",
        SITE,
        "lookup/help/contact.html",
    ),
    HelpPage(
        "privacy",
        "Privacy",
        "Which personal data we keep, why, who sees them, and what we never do with them.",
        SITE,
        "lookup/help/privacy.html",
    ),
    HelpPage(
        "accessibility",
        "Accessibility",
        "How this site works for everyone, how we test it, and how to report a barrier.",
        SITE,
        "lookup/help/accessibility.html",
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
