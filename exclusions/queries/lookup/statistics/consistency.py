"""Consistency: petitions of one name and number, of different requesters, that ended differently; and why that may be.

GAO-21-506 asked for the grounds of each decision: a group is where a reader looks for them first.
"""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Min, Q
from django.db.models.functions import Length, Lower
from django.urls import reverse

from exclusions import hts
from exclusions.models.public import PublicPetition
from exclusions.queries.lookup.sheets import Sheet
from exclusions.queries.lookup.statistics.tally import DENIED, GRANTED, IN_PART, with_outcome

MOST = 50
NOT_ONE = (
    "Products with the same name may still differ. Open the petitions to compare them. Each one decided here shows its "
    "findings and reasons."
)
CUT = 40  # letters to which the portal's list cut the name of a product
WAS_GRANTED, WAS_DENIED = Q(outcome_kind__in=(GRANTED, IN_PART)), Q(outcome_kind=DENIED)


def count() -> list[list[Any]]:
    """Return the mixed groups, greatest first.

    Of each: reference of a petition in it, granted, denied, requesters, of these with a grant and with a denial, how
    many petitions are of a spreadsheet, and the letters of the name.

    The words are not kept: what is taken down later is then in no count. Names are alike whatever their case. One
    statement, whose rows are the mixed groups.
    """
    names = with_outcome().exclude(product_name="").annotate(name=Lower("product_name"))
    grouped = names.values("name", "hts10").annotate(
        first=Min("reference"),
        granted=Count("pk", filter=WAS_GRANTED),
        denied=Count("pk", filter=WAS_DENIED),
        askers=Count("organization_name", distinct=True),
        with_grant=Count("organization_name", distinct=True, filter=WAS_GRANTED),
        with_denial=Count("organization_name", distinct=True, filter=WAS_DENIED),
        loaded=Count("pk", filter=Q(historical=True)),
        letters=Length("name"),
    )
    mixed = grouped.filter(granted__gt=0, denied__gt=0, askers__gt=1)
    columns = ("first", "granted", "denied", "askers", "with_grant", "with_denial", "loaded", "letters")
    rows = [list(row) for row in mixed.values_list(*columns)]
    return sorted(rows, key=lambda row: (-(row[1] + row[2]), row[0]))


def sheets(counted: Sequence[Sequence[Any]]) -> list[Sheet]:
    """Return the sheet of mixed groups. One statement, for the names of those that are shown."""
    shown = counted[:MOST]
    heads = {
        head.reference: head
        for head in PublicPetition.objects.filter(reference__in=[row[0] for row in shown])
        .order_by()
        .only("reference", "product_name", "hts10")
    }
    rows, urls, docket = [], {}, reverse("docket")
    for reference, granted, denied, askers, *facts in shown:
        head = heads.get(reference)
        if head is None:
            continue  # taken down since it was counted
        rows.append((head.product_name, hts.dotted(head.hts10), granted, denied, askers, _why(granted, denied, *facts)))
        urls[head.product_name] = f"{docket}?{urlencode({'hts': head.hts10, 'q': head.product_name})}"
    return [
        Sheet(
            "consistency",
            "Same name and number, different outcomes",
            ("Product as named", "Number", "Granted", "Denied", "Requesters", "What may explain it"),
            rows,
            says="In each group, different requesters named the same product and number, and the outcomes differed. "
            f"There {'is' if len(counted) == 1 else 'are'} {len(counted):,} such group{'s' * (len(counted) != 1)}"
            + (f"; we show the {MOST} largest." if len(counted) > MOST else "."),
            notes=(NOT_ONE,),
            urls=urls,
            empty="No petitions with the same name and number had different outcomes.",
        )
    ]


def _why(granted: int, denied: int, with_grant: int, with_denial: int, loaded: int, letters: int) -> str:
    told = []
    if letters >= CUT and loaded:
        told.append(f"The source cuts names at {CUT} letters, so these may be different products.")
    if with_grant == 1 and granted > 1:
        told.append("One requester received all grants.")
    if with_denial == 1 and denied > 1:
        told.append("One requester received all denials.")
    if loaded == granted + denied:
        told.append("The source gives no reasons.")
    elif loaded:
        told.append("Petitions decided here give reasons. The source of the others gives none.")
    else:
        told.append("Each petition gives its reasons.")
    return " ".join(told)
