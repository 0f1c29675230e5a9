"""Link each historical grant to the exclusion that it led to, where number, day and words show it."""

from datetime import date, datetime
from typing import Any

from django.db import transaction

from exclusions.actions.store.bulk import update_rows
from exclusions.gateways.tariff.shipped_facts import exclusion_headings
from exclusions.likeness.grants import Candidate, led_to, words_of_name
from exclusions.models import DocketVersion, ExclusionNumber, ExclusionTerm, PublicPetition, Round
from exclusions.workflow.states import Stage

GRANTED_IN_A_ROUND = "round"


def link_grants(*, at: datetime) -> int:
    """Bring the links of all historical grants up to what is on file; return how many changed.

    A grant is compared with the exclusions of its list that name its number in a text published on the day of its
    posting or later. What a decision made here links is left alone.
    """
    with transaction.atomic():
        lists = _lists_of_dockets()
        grants = list(
            PublicPetition.objects.filter(historical=True, stage=Stage.GRANTED, docket__in=lists)
            .order_by("pk")
            .values_list("pk", "docket", "hts10", "product_name", "organization_name", "posted_on",
                         "exclusion_id", "exclusion_confidence")
        )  # fmt: skip
        candidates = _candidates({row[2] for row in grants}) if grants else {}
        changed: list[tuple[int, list[Any]]] = []
        for pk, docket, number, product, requester, posted, *before in grants:
            near = [
                one for published, one in candidates.get((lists[docket], number), ())
                if published is None or posted is None or published >= posted
            ]  # fmt: skip
            found = led_to(words_of_name(product, requester), near)
            link = [found[0].key, found[1]] if found else [None, ""]
            if link != before:
                changed.append((pk, [*link, at]))
        update_rows(PublicPetition, ("exclusion_id", "exclusion_confidence", "updated_at"), changed)
        if changed:
            DocketVersion.advance()
    return len(changed)


def _lists_of_dockets() -> dict[str, str]:
    """Return the list of each docket of petitions; a docket for several lists is none."""
    found: dict[str, set[str]] = {}
    rows = Round.objects.filter(kind=Round.Kind.PETITION, is_demo=False).order_by()
    for docket, code in rows.values_list("docket", "actions__code"):
        found.setdefault(docket, set()).add(code)
    return {docket: codes.pop() for docket, codes in found.items() if len(codes) == 1}


def _candidates(numbers: set[str]) -> dict[tuple[str, str], list[tuple[date | None, Candidate]]]:
    """By list and number the exclusions that name it, each once, with the day on which it was first published."""
    published: dict[int, tuple[bool, date | None]] = {}
    rounds = {heading for heading, fact in exclusion_headings().items() if fact.kind == GRANTED_IN_A_ROUND}
    terms = ExclusionTerm.objects.filter(status=ExclusionTerm.Status.PUBLISHED).order_by("valid_from", "pk")
    for exclusion, heading, day in terms.values_list("exclusion_id", "heading", "published_on"):
        published.setdefault(exclusion, (heading in rounds, day))
    columns = ("number", "text__exclusion_id", "text__exclusion__action__code", "text__text", "text__whole_number")
    found: dict[tuple[str, str], dict[int, tuple[date | None, Candidate]]] = {}
    for number, exclusion, code, text, whole in ExclusionNumber.objects.order_by("pk").values_list(*columns):
        if number in numbers and exclusion in published:
            is_grant, day = published[exclusion]
            candidate = Candidate(exclusion, text, whole, is_grant)
            found.setdefault((code, number), {}).setdefault(exclusion, (day, candidate))
    return {place: list(of_number.values()) for place, of_number in found.items()}
