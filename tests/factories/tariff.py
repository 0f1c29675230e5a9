"""Lines, lists and exclusions of the tariff, a few at a time, for tests of look-ups."""

from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from exclusions.models import (
    ActionRate,
    CoveredLine,
    Exclusion,
    ExclusionNumber,
    ExclusionTerm,
    ExclusionText,
    HtsEdition,
    LineSuccession,
    TariffAction,
    TariffLine,
)

EASTERN = ZoneInfo("America/New_York")
MADE = datetime(2018, 12, 28, tzinfo=EASTERN)
LIST_1, LIST_3, RAISED = date(2018, 7, 6), date(2018, 9, 24), date(2019, 5, 10)
LIST_4A, CUT, LIST_4B = date(2019, 9, 1), date(2020, 2, 14), date(2019, 12, 15)

# code, heading, percent, first day, last day, kind
RATES = (
    ("1", "99038801", "25", LIST_1, None, "whole"),
    ("3", "99038803", "10", LIST_3, date(2019, 5, 9), "whole"),
    ("3", "99038803", "25", RAISED, None, "whole"),
    ("3", "99038804", "10", LIST_3, date(2019, 5, 9), "partial"),
    ("3", "99038804", "25", RAISED, None, "partial"),
    ("4A", "99038815", "15", LIST_4A, date(2020, 2, 13), "whole"),
    ("4A", "99038815", "7.5", CUT, None, "whole"),
    ("4B", "99038816", "15", LIST_4B, None, "suspended"),
)


def make_lists() -> dict[str, TariffAction]:
    """Make Lists 1, 3, 4A and 4B with their rates over time."""
    actions: dict[str, TariffAction] = {}
    for position, code in enumerate(("1", "3", "4A", "4B")):
        actions[code] = TariffAction.objects.create(
            code=code, name=f"List {code}", citation="83 FR 1", suspended=code == "4B", position=position
        )
    for code, heading, pct, first, last, kind in RATES:
        ActionRate.objects.create(
            action=actions[code], heading=heading, pct=Decimal(pct), valid_from=first, valid_to=last, kind=kind
        )
    return actions


def cover(action: TariffAction, number: str, heading: str, first: date, *, included: bool = True) -> CoveredLine:
    """Put a subheading or a statistical number on a list, or carve it out."""
    return CoveredLine.objects.create(
        action=action, number=number, heading=heading, valid_from=first, included=included
    )


def make_edition(
    first_day: date, *lines: tuple[str, str], name: str = "", reach: tuple[str, str] = ("", "")
) -> HtsEdition:
    """Make an edition with its lines, given as number and words; the words are those of the whole path."""
    edition = HtsEdition.objects.create(
        name=name or f"{first_day.year} test",
        valid_from=first_day,
        source="test",
        sha256="0" * 64,
        row_count=len(lines),
        loaded_at=datetime(2020, 1, 1, tzinfo=EASTERN),
        first_number=reach[0],
        last_number=reach[1],
    )
    for position, (number, words) in enumerate(lines):
        TariffLine.objects.create(
            number=number,
            level=len(number),
            position=position,
            description=words.rpartition(": ")[2],
            full_description=words,
            units=["No."] if len(number) == 10 else [],
            general_rate="Free",
            valid_from=first_day,
        )
    return edition


def exclude(
    action: TariffAction,
    number: str,
    first: date | None,
    last: date | None,
    *,
    text: str = "Pumps, as described",
    whole_number: bool = False,
    heading: str = "99038805",
    authority: str = "",
) -> Exclusion:
    """Make a published exclusion of one text, one number and one term, unless told under 9903.88.05, note 20(h)(1)."""
    count = Exclusion.objects.count() + 1
    exclusion = Exclusion.objects.create(
        reference=f"EX-{count}", action=action, product_key=f"{count:064d}", created_at=MADE
    )
    wording = ExclusionText.objects.create(exclusion=exclusion, text=text, whole_number=whole_number)
    ExclusionNumber.objects.create(text=wording, number=number)
    ExclusionTerm.objects.create(
        exclusion=exclusion,
        heading=heading,
        note="h",
        item="1",
        valid_from=first,
        valid_to=last,
        authority=authority,
    )
    return exclusion


def follow(old: str, new: str, on: date | None = None) -> LineSuccession:
    """Say that one number followed another."""
    return LineSuccession.objects.create(
        old_number=old, new_number=new, change_type="split", revision_from="a", revision_to="b", effective_on=on
    )
