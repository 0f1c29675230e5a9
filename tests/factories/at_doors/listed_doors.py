"""The doors of the pages of listed exclusions: comments, their posting, and what is decided."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.utils import timezone

from exclusions.actions.notices.comments import comment_on, confirm_comment
from exclusions.actions.notices.term_decisions import recommend_terms, sign_terms
from exclusions.facts.forms import petition_form
from exclusions.models import Comment, ListedExclusion, Round, TermDecision, User
from exclusions.questionnaires.samples import sample_comment
from tests.factories.at_doors.door import ACTIONS, VIEWS, Door
from tests.factories.notices.listed import FINDINGS
from tests.factories.who_enters import EVERYBODY, REOPENERS, REVIEWERS, Row
from tests.factories.world import World, token_of

SLUG = "extension-open"


def listing(world: World) -> Mapping[str, Any]:
    """Name a round of extension that is open, and lists the exclusion of the published petition."""
    if not Round.objects.filter(slug=SLUG).exists():
        now = timezone.now()
        round = Round.objects.create(
            slug=SLUG,
            docket="USTR-2019-0099",
            title="Extension of exclusions",
            kind="extension",
            citation="84 FR 58427",
            questionnaire="comment-2021",
            opens_at=now - timedelta(days=1),
            closes_at=now + timedelta(days=30),
            retroactive_rule="publication",
            term_rule="notice",
            criteria=["availability"],
            criteria_version="2019-10",
            procedure_version="2019-10",
        )
        round.actions.add(world.exclusion.action)
        term = world.exclusion.terms.filter(status="published").order_by("pk").first()
        assert term
        ListedExclusion.objects.create(
            round=round, number=1, exclusion=world.exclusion, term=term, heading=term.heading, note=term.note,
            item=term.item, listed_at=now,
        )  # fmt: skip
    return {"slug": SLUG}


def one_listed(world: World) -> Mapping[str, Any]:
    """Name the exclusion that the round lists."""
    return {**listing(world), "number": 1}


def answers(world: World) -> dict[str, Any]:
    """Return what a comment on it sends."""
    listing(world)
    return sample_comment(petition_form(Round.objects.get(slug=SLUG)), "1")


def sent(world: World) -> dict[str, Any]:
    """Return the same as a browser sends it."""
    return {key: "yes" if value is True else value for key, value in answers(world).items()}


def _comment(world: World) -> Comment:
    return comment_on(slug=SLUG, answers=answers(world), by=None, at=timezone.now())


def comment_link(world: World) -> Mapping[str, Any]:
    """Name a comment that waits for its author's confirmation, by its secret link."""
    return {**listing(world), "token": token_of(_comment(world))}


def confirmed_link(world: World) -> Mapping[str, Any]:
    """Name a confirmed comment by its secret link."""
    link = comment_link(world)
    confirm_comment(token=link["token"], at=timezone.now())
    return link


def comment_to_post(world: World) -> Mapping[str, Any]:
    """Name a comment that waits for the intake clerk; nothing else of it is on record."""
    listing(world)
    made = _comment(world)
    made.status, made.confirmed_at = Comment.Status.SUBMITTED, timezone.now()
    made.save()
    return {"submission_id": made.pk}


def _last_day(world: World) -> Any:
    term = ListedExclusion.objects.get(round__slug=SLUG).term
    return term.valid_to + timedelta(days=30) if term.valid_to else None


def recommended(world: World) -> Mapping[str, Any]:
    """Recommend to extend it, and name the round."""
    listing(world)
    recommend_terms(
        slug=SLUG, references=[world.exclusion.reference], choice="extend", first=None, last=_last_day(world),
        reasons="No source elsewhere was found by anybody.", findings=FINDINGS,
        by=User.objects.get(email="remy.reviewer@example.test"), at=timezone.now(),
    )  # fmt: skip
    return {"slug": SLUG}


def decided(world: World) -> Mapping[str, Any]:
    """Have it signed, unless it is, and name the round."""
    if TermDecision.objects.filter(listed__round__slug=SLUG).exists():
        return {"slug": SLUG}
    recommended(world)
    by = User.objects.get(role="signatory")
    sign_terms(slug=SLUG, references=[world.exclusion.reference], by=by, at=timezone.now())
    return {"slug": SLUG}


def signed_press(world: World) -> Mapping[str, Any]:
    """Have it signed, and name the press."""
    decided(world)
    return {"slug": SLUG, "key": TermDecision.objects.get(listed__round__slug=SLUG).pk}


def chosen(world: World) -> dict[str, Any]:
    """Choose it."""
    return {"exclusion": [world.exclusion.reference]}


def wanted(world: World) -> dict[str, Any]:
    """Choose it, and what is recommended."""
    return {
        **chosen(world), "choice": "extend", "last": str(_last_day(world)), "reasons": "No source elsewhere was found.",
        "result_harm": "supports", "reasons_harm": "Forty jobs hang on it.",
    }  # fmt: skip


def published(world: World) -> dict[str, Any]:
    """Choose it, and the notice."""
    today = timezone.localdate()
    return {**chosen(world), "citation": f"{today.year - 1935} FR 101", "published_on": str(today)}


TERMS = f"{VIEWS}notices.terms."
READS_TERMS = REVIEWERS | {"legal", "committee", "signatory", "publisher", "auditor"}
DECIDES = Row(frozenset(), listing, others=405, posters=READS_TERMS)
OF_LISTED_PAGES = {
    "listed": Row(EVERYBODY, listing),
    "listed-exclusion": Row(EVERYBODY, one_listed),
    "listed-comment": Row(EVERYBODY, listing),
    "listed-comment-sent": Row(EVERYBODY, listing),
    "listed-comment-confirm": Row(EVERYBODY, comment_link),
    "listed-comment-withdraw": Row(frozenset(), confirmed_link, 405, 405, {"anonymous": 405}, EVERYBODY),
    "comments": Row(frozenset({"intake"}), others=403),
    "comment-decide": Row(frozenset(), comment_to_post, others=405, posters=frozenset({"intake"})),
    "terms": Row(READS_TERMS, others=403),
    "term-desk": Row(READS_TERMS, listing, others=403),
    "terms-recommend": DECIDES,
    "terms-sign": DECIDES,
    "terms-draft": DECIDES,
    "terms-publish": DECIDES,
    "term-presses": Row(READS_TERMS, listing, others=403),
    "term-press": Row(READS_TERMS, signed_press, others=403, posters=REOPENERS),
    "term-comments": Row(READS_TERMS - {"publisher"}, one_listed, others=403),
    "api-listed": Row(EVERYBODY, listing),
    "api-listed-exclusion": Row(EVERYBODY, one_listed),
}

# fmt: off
OF_LISTED = (
    Door("public.submissions._send", "", "listed-comment", listing, f"{ACTIONS}filing.submissions.checked", sent),
    Door("public.submissions.confirm", "", "listed-comment-confirm", comment_link,
         f"{ACTIONS}filing.submissions.confirm"),
    Door("public.submissions.withdraw", "", "listed-comment-withdraw", confirmed_link,
         f"{ACTIONS}filing.submissions.withdraw"),
    Door("casework.submissions.decide_submission", "intake", "comment-decide", comment_to_post,
         f"{ACTIONS}filing.submissions.require_waiting", {"decision": "post"}),
    Door("notices.terms.recommend", "reviewer1", "terms-recommend", listing, f"{TERMS}recommend_terms", wanted),
    Door("notices.terms.sign", "signatory", "terms-sign", recommended, f"{TERMS}sign_terms", chosen),
    Door("notices.term_presses.one_press", "legal", "term-press", signed_press, f"{ACTIONS}people.proposals.propose",
         {"reason": "A source in Ohio was overlooked."}),
    Door("notices.terms.draft", "publisher", "terms-draft", decided, f"{TERMS}draft_terms", chosen),
    Door("notices.terms.publish", "publisher", "terms-publish", decided, f"{TERMS}publish_terms", published),
)
