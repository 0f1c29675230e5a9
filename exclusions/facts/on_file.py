"""How far the register can be relied on: headings whose exclusions are not on file, and until when notices were read.

Every page that says which exclusions there are asks here, so that none says “none” of what nobody loaded.
"""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from django.db.models import Count

from exclusions.days import in_full, shortly
from exclusions.facts.coverage import Coverage
from exclusions.gateways.shared_cache import remembered
from exclusions.gateways.tariff.exclusion_notices import searched_through
from exclusions.gateways.tariff.list_table import LIST_OF
from exclusions.gateways.tariff.shipped_facts import exclusion_headings
from exclusions.hts import dotted
from exclusions.models.exclusion import Exclusion, ExclusionTerm
from exclusions.models.register.looked_for import LookedForNotices
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
        begun = self.valid_from is None or self.valid_from <= as_of
        return reached and begun and (self.valid_to is None or self.valid_to >= as_of)

    @property
    def words(self) -> str:
        """The heading with its days: “9903.88.67 (Oct 12, 2021 to Jun 14, 2024)”."""
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

    def on(self, as_of: date) -> list[HeadingNotOnFile]:
        """Return the headings in effect on the day, of any list, that are not on file."""
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
    named = ", ".join(one.words for one in headings[:SHOWN])
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
        return register()

    @property
    def missing(self) -> str:
        """The sentences for headings in effect that day that are not on file; "" for none."""
        return said_of_missing(self._register.on(self._as_of))

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
        """What is missing from the register."""
        return register(self.stamp)

    @property
    def not_on_file(self) -> list[HeadingNotOnFile]:
        """The headings whose exclusions may free goods of the number that day, and are not all on file."""
        lists = {item.list_code for item in self.coverage}
        return self.register.not_on_file(lists, self.as_of) if lists else self.register.on(self.as_of)

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


def register(stamp: str | None = None) -> Register:
    """Return what is known of the register's gaps, kept for an hour under the stamp of the tariff.

    One statement where the caller has not read the stamp; three more after each change of the tariff.
    """
    stamp = TariffVersion.current() if stamp is None else stamp
    key = f"{KEPT_AS}:{stamp}"
    found: Register | None = remembered.get(key) if stamp else None
    if found is None:
        found = _read()
        if stamp:
            remembered.set(key, found, HOUR)
    return found


def _read() -> Register:
    lines = TariffLine.objects.filter(number__gte="99038800", number__lt="99039300", level=8)
    printed = list(lines.order_by("valid_from", "position").values_list("number", "description"))
    return Register(notices_until(), tuple(_missing(_counted(), printed)))


def _missing(counts: dict[str, int], lines: list[tuple[Any, ...]]) -> Iterable[HeadingNotOnFile]:
    facts = exclusion_headings()
    known = [
        HeadingNotOnFile(one.heading, one.lists, one.valid_from, one.valid_to, counts.get(one.heading, 0), one.items)
        for one in facts.values()
    ]
    rows = [one for one in known if one.on_file < one.items]
    rows += [one for one in _of_schedule(lines) if one.heading not in facts and not counts.get(one.heading)]
    return sorted(rows, key=lambda one: one.heading)


def _of_schedule(lines: list[tuple[Any, ...]]) -> list[HeadingNotOnFile]:
    """The headings of exclusions that editions print, with the lists whose headings except them."""
    lists: dict[str, set[str]] = {}
    printed: dict[str, HeadingNotOnFile] = {}
    for number, words in lines:
        if number in LIST_OF:
            for heading in _HEADINGS.findall(words.partition("articles the product")[0]):
                lists.setdefault(heading.replace(".", ""), set()).add(LIST_OF[number])
        if GRANTED in words:
            since, until = _SINCE.search(words), _UNTIL.search(words)
            last = read_day(until["day"]) if until else None
            if until and last and until["kind"] == "before":
                last -= timedelta(days=1)
            printed[number] = HeadingNotOnFile(number, (), read_day(since["day"]) if since else None, last)
    return [
        HeadingNotOnFile(one.heading, tuple(sorted(lists.get(one.heading, ()))), one.valid_from, one.valid_to)
        for one in printed.values()
    ]


def _counted() -> dict[str, int]:
    """How many products of each heading have a text: each has one term and one text that supersede nothing."""
    rows = ExclusionTerm.versions.filter(
        supersedes=None,
        exclusion__origin=Exclusion.Origin.NOTE,
        exclusion__texts__version=1,
        exclusion__texts__revision=1,
    )
    return dict(rows.order_by().values("heading").annotate(products=Count("pk")).values_list("heading", "products"))
