"""A round of reinstatement with a few listed exclusions, a comment on them, and what is decided."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

from exclusions.actions.loading.listed_exclusions import list_from_table
from exclusions.actions.loading.rounds import load_rounds
from exclusions.actions.loading.tariff_lists import load_shipped_actions
from exclusions.actions.notices.comments import comment_on, confirm_comment, post_comment
from exclusions.actions.notices.term_decisions import recommend_terms, sign_terms
from exclusions.facts.forms import petition_form
from exclusions.gateways.tariff.listed_table import ListedRow, Place
from exclusions.models import Comment, ExclusionTerm, ListedExclusion, Round, TariffAction, TermDecision, User
from exclusions.questionnaires.samples import sample_comment
from tests.factories.world import token_of

SLUG = "reinstatement-2021"
OPEN = datetime(2021, 10, 20, 15, 0, tzinfo=UTC)
AFTER = datetime(2022, 3, 20, 15, 0, tzinfo=UTC)
PLACES = (("4A", "99038857", "jjj"), ("2", "99038854", "ggg"), ("3", "99038856", "iii"))
FINDINGS = {"china_only": ("supports", "Every commenter says that no plant elsewhere makes it.")}
REASONS = "The record shows no source outside China, and harm to small businesses."


def listed_round(places: tuple[tuple[str, str, str], ...] = PLACES, each: int = 1) -> Round:
    """Return the round of 2021, which lists `each` exclusions at the places (list, heading, note)."""
    load_shipped_actions()
    if not Round.objects.filter(slug=SLUG).exists():
        load_rounds(at=OPEN)
    rows = [
        ListedRow(number, code, Place(heading, note, str(item)), None)
        for number, (code, heading, note) in enumerate(places, 2)
        for item in range(1, each + 1)
    ]
    list_from_table(slug=SLUG, rows=rows, at=OPEN)
    return Round.objects.get(slug=SLUG, superseded_at__isnull=True)


def comment_answers(exclusions: str = "1", **over: Any) -> dict[str, Any]:
    """Return answers of a comment on the exclusions of these numbers."""
    return sample_comment(petition_form(Round.objects.get(slug=SLUG, superseded_at__isnull=True)), exclusions) | over


def commented(exclusions: str = "1", at: datetime = OPEN, **over: Any) -> Comment:
    """Return a confirmed comment."""
    made = comment_on(slug=SLUG, answers=comment_answers(exclusions, **over), by=None, at=at)
    return confirm_comment(token=token_of(made), at=at + timedelta(minutes=5))


def posted_comment(cast: Mapping[str, User], exclusions: str = "1", at: datetime = OPEN, **over: Any) -> Comment:
    """Return a posted comment."""
    return post_comment(commented(exclusions, at, **over), by=cast["intake"], at=at + timedelta(hours=1))


def signed(
    cast: Mapping[str, User],
    references: list[str],
    choice: str = "reinstate",
    first: date | None = date(2021, 10, 12),
    last: date | None = date(2022, 12, 31),
    at: datetime = AFTER,
    slug: str = SLUG,
) -> list[TermDecision]:
    """Return what was recommended and signed for exclusions."""
    recommend_terms(slug=slug, references=references, choice=choice, first=first, last=last, reasons=REASONS,
                    findings=FINDINGS, by=cast["reviewer1"], at=at)  # fmt: skip
    return sign_terms(slug=slug, references=references, by=cast["signatory"], at=at + timedelta(hours=1))


def extension_round(term: ExclusionTerm, at: datetime) -> Round:
    """Return a round of extension of List 3, open at a moment, that lists the exclusion of a term."""
    round = Round.objects.create(
        slug="extension-open", docket="USTR-2019-0099", title="Extension of exclusions", kind="extension",
        citation="84 FR 58427", questionnaire="comment-2021", opens_at=at, closes_at=at + timedelta(days=30),
        retroactive_rule="publication", term_rule="notice", criteria=["availability"], criteria_version="2019-10",
        procedure_version="2019-10",
    )  # fmt: skip
    round.actions.add(TariffAction.objects.get(code="3"))
    ListedExclusion.objects.create(
        round=round, number=1, exclusion=term.exclusion, term=term, heading=term.heading, note=term.note,
        item=term.item, listed_at=at,
    )  # fmt: skip
    return round
