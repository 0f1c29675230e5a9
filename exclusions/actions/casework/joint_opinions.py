"""Customs' opinion on a text that was drafted for many cases at once: one word, on the record of each of them."""

from collections.abc import Sequence
from datetime import datetime

from exclusions.actions.record.many.batch import open_batch
from exclusions.actions.review.product_texts import give_opinion
from exclusions.errors import WrongState
from exclusions.models import CustomsOpinion, JointAct, JointActMember, ProductDraft, User
from exclusions.queries.casework.lists.short_worklists import drafts_for_customs


def give_opinion_on_text(
    draft: ProductDraft, *, result: str, reasons: str = "", grounds: Sequence[str] = (), by: User, at: datetime
) -> list[CustomsOpinion]:
    """Give an opinion on a text, for every case with Customs that has it by the same joint act; return the opinions.

    A case that was withdrawn, or got another text since, is no longer among them; one that moved to another cluster is:
    its text is the same. Raises as `give_opinion` does, with nothing written; no refusal names a case.
    """
    if draft.joint is None:
        return [give_opinion(draft, result=result, reasons=reasons, grounds=grounds, by=by, at=at)]
    act = draft.joint
    waiting = drafts_for_customs(by).filter(joint=act).values_list("petition", flat=True)
    with open_batch(list(waiting), by=by, at=at) as cases:
        drafts = dict(drafts_for_customs(by).filter(joint=act).values_list("petition", "pk"))
        mine = [petition for key, petition in cases.petitions.items() if key in drafts]
        if not mine:
            raise WrongState("This text no longer waits for an opinion.")
        cases.act = JointAct.objects.create(
            cluster=act.cluster,
            kind="opinion",
            words={"result": result, "reasons": reasons, "grounds": list(grounds)},
            revision=act.revision,
            by=by,
            at=at,
        )
        opinions = []
        for petition in mine:
            own = next(text for text in petition.drafts.all() if text.pk == drafts[petition.pk])
            own.petition = petition
            opinions.append(
                give_opinion(own, result=result, reasons=reasons, grounds=grounds, by=by, at=at, batch=cases)
            )
        JointActMember.objects.bulk_create(JointActMember(act=cases.act, petition=petition) for petition in mine)
        return opinions
