"""The tariff look-up's API: lines by number and words, and all about one number, on a day."""

from typing import Any

from django.utils import timezone
from rest_framework import exceptions

from exclusions.api.pagination import ByCursor, ByPlace
from exclusions.api.reads import Filters, ReadList, ReadOne
from exclusions.api.tariff_output import FactsOutput, LineOutput
from exclusions.facts.lines import lines_of, search_lines, search_terms, whole_edition
from exclusions.forms.lookup.tariff import TariffDay, TariffSearch
from exclusions.hts import HtsError, parse
from exclusions.models.tariff import TariffLine
from exclusions.queries.lookup.number.listing import SharedByLines, listed
from exclusions.queries.lookup.number.number_facts import NumberFacts, number_facts
from exclusions.queries.lookup.search.worded_lines import WordedLines


class OnTheDay(Filters):
    """Tells the FilterSet which day it is."""

    def get_filterset_kwargs(self, *args: Any) -> dict[str, Any]:
        """Add today, in New York."""
        return {**super().get_filterset_kwargs(*args), "today": timezone.localdate()}


class DayAlone(OnTheDay):
    """Holds what is asked to be right, and leaves it to the view to ask for the rows, which it may not need."""

    def filtered(self, view: Any, queryset: Any) -> Any:
        """Return the rows as they were."""
        return queryset


class ByNumber(ByCursor):
    """The schedule's order."""

    ordering = ("number",)


class TariffLines(ReadList):
    """The lines of the schedule on a day: by number in its order, by words the best first, as `/tariff/` finds them.

    Words find up to ten headings, each followed by the lines of it that fit best; words that nobody knows are
    corrected. Where words find no heading, the lines that hold all of them are listed. Where no whole edition is
    loaded for the day, one page of covered lines and international names stands in.
    """

    queryset = TariffLine.objects.all()
    serializer_class = LineOutput
    filter_backends = (DayAlone,)
    filterset_class = TariffSearch
    pagination_class = ByNumber
    sent_whole = True
    by_place: ByPlace | None = None  # what turns the pages where words were asked for

    @property
    def paginator(self) -> Any:
        """What turns the pages."""
        return self.by_place or super().paginator

    def paginate_queryset(self, queryset: Any) -> list[Any]:
        """Return the page of lines with their facts. Raises ValidationError for a wrong cursor or page size."""
        asked, day = self.asked.form.cleaned_data, self.asked.day
        digits, words = search_terms(asked["q"], asked["prefix"])
        on = SharedByLines(day)
        worded = WordedLines(asked["q"], on) if words else None
        if (worded.edition if worded else whole_edition(day)) is None:
            super().paginate_queryset(queryset.none())
            return listed(search_lines(asked["q"], asked["prefix"], day, limit=ByCursor().size(self.request)), on)
        if worded:
            pages = ByPlace()
            if numbers := worded.numbers(digits):
                self.by_place = pages
                start, size = pages.start(self.request), pages.size(self.request)
                pages.turn(self.request, start, size, more=len(numbers) > start + size)
                return worded.listed(numbers[start : start + size])
        return listed(lines_of(super().paginate_queryset(self.asked.qs) or []), on)


class TariffNumber(ReadOne):
    """The facts of a number of 4, 6, 8 or 10 digits, dotted or plain, on a day."""

    queryset = TariffLine.objects.all()
    serializer_class = FactsOutput
    filter_backends = (DayAlone,)
    filterset_class = TariffDay
    lookup_field = "number"

    def get_object(self) -> NumberFacts:
        """Return the facts. Raises ValidationError for what is no number, NotFound for one that there is not."""
        self.filter_queryset(self.get_queryset())
        try:
            number = parse(self.kwargs["number"])
        except HtsError as error:
            raise exceptions.ValidationError({"number": [str(error)]}) from error
        facts = number_facts(number, self.asked.day)
        if not facts.has_answer:
            raise exceptions.NotFound(facts.remark)
        return facts
