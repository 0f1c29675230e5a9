"""Gates of the product text: drafted, let through to Customs, without objection, and on a number that stands."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from exclusions.models import CustomsOpinion, Petition, ProductDraft, Screening
from exclusions.permissions.notices.retired_numbers import retired
from exclusions.wording.named_numbers import named_codes

Data = Mapping[str, Any] | None


def latest_draft(petition: Petition) -> ProductDraft | None:
    """Return the last version of the product text of a case, or None."""
    return max(petition.drafts.all(), key=lambda draft: draft.version, default=None)


def _opinion(draft: ProductDraft | None) -> CustomsOpinion | None:
    """Return the last opinion on a text."""
    if draft is None:
        return None
    return max(draft.opinions.all(), key=lambda row: (row.given_at, row.pk), default=None)


def text_drafted(petition: Petition, user: object, at: datetime, data: Data) -> list[str]:
    """There is a product text that customs has not objected to yet."""
    draft = latest_draft(petition)
    if draft is None:
        return ["Draft the product text first."]
    if any(opinion.result != CustomsOpinion.Result.NO_OBJECTION for opinion in draft.opinions.all()):
        return ["Customs objected to this text. Draft a new version first."]
    if _is_withheld(draft):
        return ["Intake held back this text. Draft a new version first."]
    return _retired_number(draft, at)


def _retired_number(draft: ProductDraft, at: datetime) -> list[str]:
    """Say that the number of a text does not stand, or that the next edition on file retires it."""
    known = draft.retired_by_moment
    if at not in known:
        named = [code.replace(".", "") for code in named_codes(draft.text)]
        known[at] = retired(draft.number, at, named=named, since=draft.stands_from)
    return known[at]


def text_withheld(petition: Petition, user: object, at: datetime, data: Data) -> list[str]:
    """Intake did not let the latest text through to Customs."""
    if _is_withheld(latest_draft(petition)):
        return []
    return ["Use this only for a text that intake holds back."]


def _is_withheld(draft: ProductDraft | None) -> bool:
    screening = getattr(draft, "screening", None)
    return screening is not None and screening.outcome == Screening.Outcome.WITHHELD


def customs_has_no_objection(petition: Petition, user: object, at: datetime, data: Data) -> list[str]:
    """Customs gave a favourable opinion on the latest text."""
    draft = latest_draft(petition)
    opinion = _opinion(draft)
    if opinion is None:
        return ["Record the opinion on the text first."]
    if opinion.result != "no_objection":
        return ["The opinion on record objects to the text."]
    return _retired_number(draft, at) if draft else []


def customs_objects(petition: Petition, user: object, at: datetime, data: Data) -> list[str]:
    """Customs objected to the latest text, with reasons."""
    opinion = _opinion(latest_draft(petition))
    if opinion is None:
        return ["Record the opinion on the text first."]
    return ["The opinion on record has no objection."] if opinion.result == "no_objection" else []


def text_cleared(petition: Petition, user: object, at: datetime, data: Data) -> list[str]:
    """Customs has no objection to the latest text, and the committee assessed the case after that."""
    draft = latest_draft(petition)
    opinion = _opinion(draft)
    if opinion is None or opinion.result != "no_objection":
        return ["A grant needs a product text that customs has no objection to."]
    if draft and (found := _retired_number(draft, at)):
        return found
    if draft and not draft.is_assessed:
        return ["A grant needs the committee's assessment of this text."]
    return []
