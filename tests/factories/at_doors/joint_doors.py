"""The doors of a statement on many petitions: written by who is signed in, confirmed by the link of a mail."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils import timezone

from exclusions.actions.filing.joint.confirming import confirm_jointly
from exclusions.actions.filing.joint.judging import Case
from exclusions.actions.filing.joint.statements import digest_over, respond_to_many
from exclusions.models import JointStatement, Notification, Response, Round, User
from tests.factories.answers import RESPONSE_ANSWERS
from tests.factories.at_doors.door import VIEWS, Door, nothing
from tests.factories.who_enters import ANYBODY_SIGNED_IN, EVERYBODY, Row
from tests.factories.world import World

JOINT = f"{VIEWS}public.joint_statements."


def joint_of(
    round_: Round, references: list[str], by: User, answers: Mapping[str, Any], at: datetime | None = None
) -> JointStatement:
    """Send a statement on these petitions as whoever read its preview does."""
    cases = [Case(reference) for reference in references]
    seen = digest_over(round_, cases, answers)
    sent = at or timezone.now()
    return respond_to_many(round=round_, cases=cases, answers=answers, seen=seen, others_go=True, by=by, at=sent)


def token_of_joint(joint: JointStatement) -> str:
    """Return the token of the link that confirms a statement."""
    mail = Notification.objects.filter(template="confirm_joint", to=joint.email).latest("pk")
    return str(mail.context["url"]).rstrip("/").rsplit("/", 1)[1]


def joint_link(world: World) -> Mapping[str, Any]:
    """Send a statement on the posted petition in its days, where none was sent, and name its link."""
    author = User.objects.get(email="rory.rival@example.test")
    references, posted = [str(world.posted.reference)], world.posted
    joint = JointStatement.objects.filter(user=author).order_by("pk").first()
    joint = joint or joint_of(posted.round, references, author, RESPONSE_ANSWERS, posted.posted_at)
    return {"token": token_of_joint(joint)}


def joint_to_post(world: World) -> Mapping[str, Any]:
    """Send and confirm a statement on the posted petition, and name it as intake does."""
    token = str(joint_link(world)["token"])
    assert world.posted.posted_at
    return {"joint_id": confirm_jointly(token=token, at=world.posted.posted_at).joint.pk}


def all_of_them(world: World) -> Mapping[str, Any]:
    """Choose all responses of statements, to be posted."""
    keys = Response.objects.filter(joint__isnull=False).values_list("pk", flat=True)
    return {"chosen": [str(key) for key in keys], "decision": "post", "reason": ""}


def statement(world: World) -> Mapping[str, Any]:
    """Write a statement on the posted petition that was previewed."""
    reference, slug = str(world.posted.reference), world.posted.round.slug
    seen = digest_over(world.posted.round, [Case(reference)], RESPONSE_ANSWERS)
    return {**RESPONSE_ANSWERS, "round": slug, "cases": reference, "others": "others", "act": "send", "seen": seen}


OF_JOINT_PAGES = {
    "docket-respond-many": Row(ANYBODY_SIGNED_IN),
    "docket-respond-many-sent": Row(ANYBODY_SIGNED_IN),
    "docket-respond-many-confirm": Row(EVERYBODY, joint_link),
    "review-joint": Row(frozenset({"intake"}), joint_to_post, others=403),
}
OF_JOINT = (
    Door(
        "casework.submissions.joint",
        "intake",
        "review-joint",
        joint_to_post,
        f"{VIEWS}casework.submissions.post_jointly",
        all_of_them,
    ),
    Door(
        "public.joint_statements.send",
        "rival",
        "docket-respond-many",
        nothing,
        f"{JOINT}respond_to_many",
        statement,
    ),
    Door("public.joint_statements.preview", "rival", "docket-respond-many", nothing, f"{JOINT}judging.judge",
         lambda world: {**statement(world), "act": "preview"}),
    Door("public.joint_statements.confirm_many", "", "docket-respond-many-confirm", joint_link,
         f"{JOINT}confirm_jointly"),
)  # fmt: skip
