"""The help: its list, a page for each matter, and a box that remarks on a product description as it is typed."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from exclusions.criteria import ALL
from exclusions.queries.lookup.help_pages import HelpPage, help_groups, help_page
from exclusions.queries.lookup.help_words import GLOSSARY, QUESTIONS
from exclusions.queries.lookup.samples import annex_examples, sample_rows
from exclusions.queries.lookup.structured_data import datasets, questions_data, terms_data
from exclusions.views.core.posted_fields import is_piece
from exclusions.wording import lint
from exclusions.wording.remarks import marked

LONGEST = 5_000  # characters; no text of the annex has 2,000
# Well written and badly written descriptions, of which the page shows what the rules say.
GOOD = (
    (
        "Ball valves, hand operated, of steel, of a nominal bore of at least 12 mm but not more than 20 mm, each "
        "rated for a pressure of not more than 10 bar"
    ),
    (
        "Direct acting and spring return pneumatic actuators, each rated at a maximum pressure of 10 bar and valued "
        "over $68 but not over $72 per unit"
    ),
    "Breast pumps, whether or not with accessories or batteries",
)
BAD = (
    "Ball valves used by RV makers in Indiana, brand FlowMate",
    "Pneumatic actuators, all types, various sizes",
    "High quality LED lamps, 20 inch",
    "Brackets of steel, model KA-200",
)


@require_safe
def help_index(request: HttpRequest) -> HttpResponse:
    """List the pages of the help under their headings."""
    return render(request, "lookup/help/index.html", {"groups": help_groups()})


@require_safe
def help_on(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one page, or answer 404."""
    page = help_page(slug)
    if page is None:
        raise Http404
    return render(request, page.template, {**_around(page), **_listed(slug)})


@require_http_methods(["GET", "HEAD", "POST"])
def describe(request: HttpRequest) -> HttpResponse:
    """Show the page on product descriptions; of a text that is sent, what the rules remark on it.

    Nothing is kept: the text is in no address and no log line. A longer one than 5,000 characters is told so.
    """
    page = help_page("describing-a-product")
    assert page
    text = request.POST.get("text", "")[: LONGEST + 1]
    context: dict[str, Any] = {"text": text, "longest": LONGEST, "too_long": len(text) > LONGEST}
    if text.strip() and not context["too_long"]:
        remarks = lint(" ".join(text.split()))
        context |= {"looked": True, "remarks": remarks, "pieces": marked(" ".join(text.split()), remarks)}
    if is_piece(request):
        return render(request, "lookup/help/_remarks.html", context)
    context["bad"] = [(words, lint(words)) for words in BAD]
    return render(request, page.template, {**_around(page), **context, "good": GOOD, "annex": annex_examples()})


def _around(page: HelpPage) -> dict[str, Any]:
    return {"page": page, "groups": help_groups(), "contact": settings.OFFICE_CONTACT}


def _listed(slug: str) -> dict[str, Any]:
    """Return what single pages list beside their words."""
    if slug == "glossary":
        return {"glossary": GLOSSARY, "structured": terms_data(GLOSSARY)}
    if slug == "questions":
        return {"questions": QUESTIONS, "structured": questions_data(QUESTIONS)}
    if slug == "researchers":
        return {"structured": datasets()}
    if slug == "sample-petition":
        return {"steps": sample_rows()}
    return {"criterion": next((one for one in ALL if one.key.replace("_", "-") == slug), None)}
