"""What waits for intake before others read it: begun with the writing, whether or not it is in doubt."""

from datetime import datetime

from exclusions.models import CustomsOpinion, Petition, ProductDraft, Reply, Screening


def begin_screening(
    petition: Petition,
    *,
    waits: bool,
    at: datetime,
    reply: Reply | None = None,
    draft: ProductDraft | None = None,
    opinion: CustomsOpinion | None = None,
) -> Screening:
    """Note that a reply, a product text or an opinion waits for intake, or that nothing was found in it; return that.

    One row is written either way: whoever counts statements learns nothing from them.
    """
    outcome = Screening.Outcome.WAITS if waits else Screening.Outcome.THROUGH
    return Screening.objects.create(
        petition=petition,
        reply=reply,
        draft=draft,
        opinion=opinion,
        outcome=outcome,
        begun_at=at,
        settled_at=None if waits else at,
    )
