"""The facts that the checks of a filing judge by: the number on the filing day, the parties, earlier petitions.

The checks know no Django: what the one truth of the tariff (`facts`) answers is put into their own plain types here.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from operator import attrgetter
from typing import Any

from django.db.models import prefetch_related_objects

from exclusions.checks import EarlierPetition, EndedExclusion, Facts, LiveExclusion, TariffFacts
from exclusions.days import in_full
from exclusions.facts.exclusions import NamedExclusion
from exclusions.facts.filing_day import filing_day
from exclusions.facts.goods_held import ended
from exclusions.facts.numbers import NumberOnDay, NumberOverTime, over_time
from exclusions.facts.renumbered import renumbered_in_words
from exclusions.facts.rounds import covers
from exclusions.facts.successions import Succession, successions
from exclusions.hts import LEVELS, HtsNumber, undotted
from exclusions.models import Petition
from exclusions.wording.fit import Verdict

NUMBER_KEY = "hts10"
PRODUCT_WORDS = ("product_name", "product_description", "unique_features")


class AskedOnce:
    """What is on file about numbers, for many drafts of one requester and round: of each number it is asked once."""

    def __init__(self, petition: Petition) -> None:
        self._petition = petition
        self._on_file: dict[str, NumberOverTime] = {}
        self._earlier: dict[str, list[Petition]] = {}

    def on_file(self, digits: str) -> NumberOverTime:
        """Return what is on file about a number."""
        if digits not in self._on_file:
            self._on_file[digits] = over_time(HtsNumber(digits))
        return self._on_file[digits]

    def petitions(self, digits: str) -> list[Petition]:
        """Return the requester's other petitions for it that who files may read; none without digits."""
        if not digits:
            return []
        if digits not in self._earlier:
            self._earlier[digits] = list(Petition.objects.beside(self._petition, digits)[:20])
        return self._earlier[digits]

    def earlier(self, digits: str) -> tuple[EarlierPetition, ...]:
        """Return the same as what the checks know of them."""
        return _as_facts(self.petitions(digits))


def filing_facts(
    petition: Petition,
    answers: Mapping[str, Any],
    at: datetime,
    *,
    tariff: bool = True,
    earlier: bool = True,
    on_file: NumberOverTime | None = None,
    asked: AskedOnce | None = None,
) -> Facts:
    """Return what is known for judging these answers on the filing day. At most nine statements.

    Without `tariff` nothing is looked up of the number, nor of earlier petitions for it; without `earlier` nothing of
    these, nor of exclusions that ended: of both only warnings come. `on_file` is what is on file about the number,
    where it was read already; `asked` are the answers to what many drafts ask alike.
    """
    names = [petition.organization.legal_name]
    if petition.filer_organization is not None:
        names.append(petition.filer_organization.legal_name)
    digits = number_of(answers)
    if not tariff or not digits:
        return Facts(names=tuple(names))
    prefetch_related_objects([petition], "round__actions")  # which the page of the product asks, too
    actions = sorted(petition.round.actions.all(), key=attrgetter("position", "code"))
    return Facts(
        tariff=tariff_facts(
            HtsNumber(digits),
            {action.code for action in actions},
            filing_day(petition.submitted_at, at),
            goods=own_words(answers) if earlier else None,
            stamp=getattr(petition, "tariff_stamp", None),  # of a case as its pages read it
            on_file=asked.on_file(digits) if asked else on_file,
        ),
        names=tuple(names),
        actions=tuple(str(action) for action in actions),
        eligible_numbers=petition.round.eligible_numbers,
        earlier=(asked or AskedOnce(petition)).earlier(digits) if earlier else (),
    )


def number_of(answers: Mapping[str, Any]) -> str:
    """Return the digits of the number that the answers give; "" where the tariff has no number of so many."""
    digits = undotted(str(answers.get(NUMBER_KEY, "")))
    return digits if len(digits) in LEVELS and digits.isascii() and digits.isdigit() else ""


def own_words(answers: Mapping[str, Any]) -> str:
    """Return the words in which the answers say what the product is."""
    return ". ".join(str(answers[key]).strip(" .") for key in PRODUCT_WORDS if answers.get(key))


def tariff_facts(
    number: HtsNumber,
    codes: Collection[str],
    as_of: date,
    *,
    goods: str | None = None,
    stamp: str | None = None,
    on_file: NumberOverTime | None = None,
) -> TariffFacts:
    """Return what holds of a number on a day in the terms of the checks; `codes` are the round's lists.

    `goods` are the words for the product: of the exclusions that ended, those are told that it may have used. None asks
    of none. `stamp` is the tariff's, `on_file` what is on file about the number, where they have been read.
    """
    known = on_file or over_time(number, stamp)
    day = known.number_on(as_of)
    statistical = [line for line in known.family(as_of) if line.level == max(LEVELS) and line.number != number.plain]
    is_choice = number.level < max(LEVELS) or not day.exists
    before, later = successions([number.plain])[number.plain] if day.exists is False else ([], [])
    return TariffFacts(
        number=number.plain,
        exists=day.exists,
        covered=covers(codes, day.coverage) if codes and number.level == max(LEVELS) else None,
        covered_by=tuple(dict.fromkeys(item.label for item in day.coverage)),
        children=tuple((line.number, line.full_description) for line in statistical) if is_choice else (),
        statistical_number=day.statistical_number,
        successors=tuple(item.number for item in later),
        units=day.line.units if day.line else (),
        live_exclusions=tuple(map(_live, day.exclusions)),
        ended_exclusions=() if goods is None else ended_exclusions(day, number, goods),
        edition=str(day.speaks or ""),
        renumbered=_renumbered(day, before, later),
    )


def _renumbered(day: NumberOnDay, before: Sequence[Succession], after: Sequence[Succession]) -> str:
    if not day.is_renumbered:
        return ""
    names = [[item.number for item in found] for found in (before, after)]
    return renumbered_in_words(day.number.plain, day.as_of, *names)


def _live(named: NamedExclusion) -> LiveExclusion:
    until = in_full(named.valid_to) if named.valid_to else ""
    return LiveExclusion(named.heading_dotted, named.text, named.whole_number, until)


def ended_exclusions(day: NumberOnDay, number: HtsNumber, goods: str) -> tuple[EndedExclusion, ...]:
    """Return the exclusions that ended before the day, and that a product in these words may have used."""
    return tuple(
        EndedExclusion(
            one.exclusion.heading_dotted,
            one.exclusion.text,
            one.exclusion.whole_number,
            in_full(one.exclusion.valid_to) if one.exclusion.valid_to else "",
            one.fit.verdict is Verdict.YES,
        )
        for one in ended(day, number, goods)
    )


def _as_facts(petitions: Iterable[Petition]) -> tuple[EarlierPetition, ...]:
    return tuple(EarlierPetition(one.reference or "a draft", one.hts10, one.product_name) for one in petitions)
