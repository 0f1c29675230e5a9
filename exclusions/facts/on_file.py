"""How far the register can be relied on: headings whose exclusions are not on file, and until when notices were read.

Every page that says which exclusions there are asks here, so that none says “none” of what nobody loaded.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property

from django.db.models import Count

from exclusions.days import in_full, shortly, within
from exclusions.facts.coverage import Coverage
from exclusions.gateways.shared_cache import remembered
from exclusions.gateways.tariff.exclusion_notices import searched_through
from exclusions.gateways.tariff.list_table import LIST_OF
from exclusions.gateways.tariff.shipped_facts import exclusion_headings
from exclusions.hts import dotted
from exclusions.models.exclusion import Exclusion, ExclusionTerm
from exclusions.models.notices.looked_for import LookedForNotices
from exclusions.models.tariff import TariffLine, TariffVersion
from exclusions.wording.named_numbers import DAY, read_day

HOUR = 3600
STALE = timedelta(days=30)
SHOWN = 3
KEPT_AS = "register-on-file"
GRANTED = "covered by an exclusion granted by"
_HEADINGS = re.compile(r"9903\.\d\d\.\d\d")
_SINCE = re.compile(rf"on or after (?P<day>{DAY})")
_UNTIL = re.compile(rf"(?P<kind>through|before) (?P<day>{DAY})")


@dataclass(frozen=True, slots=True)
class HeadingNotOnFile:
    """A plain heading of exclusions that are not on file, or not all of them. Days are inclusive, None: not known.

    `lists` are the actions that it lifts; none: not known. `on_file` of its products are there, of `items` (0: not
    known how many).
    """

    heading: str
    lists: tuple[str, ...]
    valid_from: date | None
    valid_to: date | None
    on_file: int = 0
    items: int = 0

    def may_free(self, lists: Collection[str], as_of: date) -> bool:
        """Whether it may free goods of one of the lists (their codes) that are entered on the day."""
        reached = not self.lists or bool(set(self.lists) & set(lists))
        return reached and within(as_of, self.valid_from, self.valid_to)

    @property
    def heading_with_days(self) -> str:
        """The dotted heading with its first and last day: “9903.88.67 (Oct 12, 2021 to Jun 14, 2024)”."""
        days = f"{shortly(self.valid_from)} to {shortly(self.valid_to)}" if self.valid_from and self.valid_to else ""
        return f"{dotted(self.heading)} ({days})" if days else dotted(self.heading)


@dataclass(frozen=True, slots=True)
class Register:
    """What is missing from the register, and the last day whose notices somebody searched."""

    notices_until: date
    headings: tuple[HeadingNotOnFile, ...]

    def not_on_file(self, lists: Collection[str], as_of: date) -> list[HeadingNotOnFile]:
        """Return the headings that may free goods of these lists (codes) on the day, and are not on file."""
        return [one for one in self.headings if one.may_free(lists, as_of)]

    def missing_on(self, as_of: date) -> list[HeadingNotOnFile]:
        """Return the headings of any list that are in effect on the day and not on file."""
        return [one for one in self.headings if one.may_free(one.lists, as_of)]

    def is_stale(self, today: date) -> bool:
        """As `is_stale`."""
        return is_stale(self.notices_until, today)

    def caveat(self, as_of: date) -> str:
        """Return the sentence for a day after the last search: terms and rates rest on scheduled ends; else ""."""
        return as_far_as(self.notices_until) if as_of > self.notices_until else ""


def as_far_as(day: date) -> str:
    """Return the sentence that says until when notices were searched."""
    return f"As far as notices until {in_full(day)} are on file."


def said_of_missing(headings: Sequence[HeadingNotOnFile]) -> str:
    """Return the sentences for headings that are not on file; "" for none."""
    if not headings:
        return ""
    named = ", ".join(one.heading_with_days for one in headings[:SHOWN])
    more = f" and {len(headings) - SHOWN} more" if len(headings) > SHOWN else ""
    return (
        f"Not all exclusions are on file here. Missing: {named}{more}. "
        "An exclusion that we do not have may free these goods."
    )


class OnFile:
    """What pages of all numbers say of a day; read when the first of it is shown."""

    def __init__(self, as_of: date) -> None:
        self._as_of = as_of

    @cached_property
    def _register(self) -> Register:
        return register(day=self._as_of)

    @property
    def missing(self) -> str:
        """The sentences for headings in effect that day that are not on file; "" for none."""
        return said_of_missing(self._register.missing_on(self._as_of))

    @property
    def caveat(self) -> str:
        """Until when notices were searched, for a day after that; "" for an earlier one."""
        return self._register.caveat(self._as_of)


class OfRegister:
    """What is said of the register beside the facts of a number on a day; read when it is shown, and not before."""

    stamp: str
    as_of: date
    coverage: list[Coverage]

    @cached_property
    def register(self) -> Register:
        """What is missing from the register that day."""
        return register(self.stamp, self.as_of)

    @property
    def not_on_file(self) -> list[HeadingNotOnFile]:
        """The headings whose exclusions may free goods of the number that day, and are not all on file."""
        lists = {item.list_code for item in self.coverage}
        return self.register.not_on_file(lists, self.as_of) if lists else self.register.missing_on(self.as_of)

    @property
    def missing(self) -> str:
        """The same in sentences; "" where all are on file."""
        return said_of_missing(self.not_on_file)

    @property
    def caveat(self) -> str:
        """Until when notices were searched, for a day after that; "" for an earlier one."""
        return self.register.caveat(self.as_of)


def notices_until() -> date:
    """Return the last day whose notices somebody searched. One statement."""
    looked = LookedForNotices.objects.order_by("-until").values_list("until", flat=True).first()
    return max(looked or date.min, searched_through())


def is_stale(until: date, today: date) -> bool:
    """Whether nobody searched for notices within 30 days, where they were searched until a day: staff are told."""
    return today - until > STALE


def register(stamp: str | None = None, day: date | None = None) -> Register:
    """Return what is known of the register's gaps, kept for an hour under the stamp of the tariff.

    With a day, those of the headings in effect that day alone: few are, and the products of no other are counted.
    One statement where the caller has not read the stamp; three more after each change of the tariff, one more still
    where an edition prints headings that the shipped facts do not know.
    """
    stamp = TariffVersion.current() if stamp is None else stamp
    key = f"{KEPT_AS}:{stamp}:{day}"
    found: Register | None = remembered.get(key) if stamp else None
    if found is None:
        found = Register(notices_until(), tuple(_missing(day)))
        if stamp:
            remembered.set(key, found, HOUR)
    return found


def _missing(day: date | None) -> list[HeadingNotOnFile]:
    facts = [
        HeadingNotOnFile(one.heading, one.lists, one.valid_from, one.valid_to, items=one.items)
        for one in exclusion_headings().values()
    ]
    known = [one for one in facts if day is None or one.may_free(one.lists, day)]
    others = _of_schedule()
    counts = _counted([one.heading for one in (*known, *others)])
    rows = [replace(one, on_file=counts.get(one.heading, 0)) for one in known]
    missing = [one for one in rows if one.on_file < one.items]
    return sorted([*missing, *(one for one in others if not counts.get(one.heading))], key=lambda one: one.heading)


_LINES = TariffLine.objects.filter(number__gte="99038800", number__lt="99039300", level=8)
# Put together once, as what counts products below.
_GRANTED = _LINES.filter(description__contains=GRANTED).order_by().values_list("number", flat=True)


def _of_schedule() -> list[HeadingNotOnFile]:
    """Return the headings of exclusions that editions print and the shipped facts do not know, with the lists whose
    headings except them. One statement; one more where there are any.
    """
    unknown = set(_GRANTED.all()) - exclusion_headings().keys()
    if not unknown:
        return []
    lists: dict[str, set[str]] = {}
    printed: dict[str, HeadingNotOnFile] = {}
    rows = _LINES.filter(number__in=[*unknown, *LIST_OF]).order_by("valid_from", "position")
    for number, words in rows.values_list("number", "description"):
        if number in LIST_OF:
            for heading in _HEADINGS.findall(words.partition("articles the product")[0]):
                lists.setdefault(heading.replace(".", ""), set()).add(LIST_OF[number])
        if number in unknown and GRANTED in words:
            since, until = _SINCE.search(words), _UNTIL.search(words)
            last = read_day(until["day"]) if until else None
            if until and last and until["kind"] == "before":
                last -= timedelta(days=1)
            printed[number] = HeadingNotOnFile(number, (), read_day(since["day"]) if since else None, last)
    return [replace(one, lists=tuple(sorted(lists.get(one.heading, ())))) for one in printed.values()]


_PRODUCTS = (
    ExclusionTerm.versions.filter(
        supersedes=None,
        exclusion__origin=Exclusion.Origin.NOTE,
        exclusion__texts__version=1,
        exclusion__texts__revision=1,
    )
    .order_by()
    .values_list("heading")
    .annotate(products=Count("*"))
)  # put together once


def _counted(headings: Collection[str]) -> dict[str, int]:
    """How many products of each heading have a text: each has one term and one text that supersede nothing.

    One statement, none without a heading.
    """
    return dict(_PRODUCTS.filter(heading__in=headings)) if headings else {}
