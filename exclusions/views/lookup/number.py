"""The answer page of a number: what a shipment of it owes on a day, and everything that bears on that."""

from datetime import date
from decimal import Decimal
from functools import cached_property

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_safe

from exclusions.duties.owed import Owed, Shipment, freed, owed
from exclusions.forms.lookup.shipment import ShipmentForm
from exclusions.forms.lookup.tariff import TariffDay, TariffSearch
from exclusions.hts import HtsError, parse
from exclusions.queries.lookup.number.answer import NumberAnswer
from exclusions.views.core.clock import moment
from exclusions.workflow.deadlines import eastern_date


@require_safe
def tariff_number(request: HttpRequest, number: str) -> HttpResponse:
    """Say what a shipment of the number owes on the day, with lists, rates, exclusions, petitions and relatives.

    The query string is the whole question: day, value, quantities, what is true of the goods. Text that is no number,
    and a number that neither the schedule nor a list has, answer 404 with what would help.
    """
    today = eastern_date(moment(request))
    try:
        parsed = parse(number)
    except HtsError as error:
        return _no_number(request, today, error)
    chosen = TariffDay(request.GET, today=today)
    answer = NumberAnswer(parsed, chosen.day)
    context = {"day": chosen.form, "as_of": chosen.day, "today": today, "answer": answer}
    response = render(request, "lookup/number/number.html", context | {"worked": Worked(request.GET, answer)})
    response.status_code = 200 if answer.facts.has_answer else 404
    return response


class Worked:
    """What is worked out for the shipment that the query string says, when the page comes to it."""

    def __init__(self, asked: QueryDict, answer: NumberAnswer) -> None:
        self._asked, self._answer = asked, answer

    @cached_property
    def form(self) -> ShipmentForm | None:
        """The questions, with what was answered; None where nothing is entered under the number that day."""
        return ShipmentForm(self._asked, self._answer.duties) if self._answer.duties else None

    @cached_property
    def shipment(self) -> Shipment | None:
        """The shipment as it was read."""
        return self.form.shipment if self.form else None

    @cached_property
    def reckoned(self) -> Owed | None:
        """What it owes; None without an amount."""
        duties, shipment = self._answer.duties, self.shipment
        return owed(duties, shipment) if duties and shipment and shipment.amounts else None

    @cached_property
    def freed(self) -> Decimal | None:
        """What a text may free it of, in dollars; None without an amount."""
        duties, shipment = self._answer.duties, self.shipment
        return freed(duties, shipment) if duties and shipment and shipment.amounts else None


def _no_number(request: HttpRequest, today: date, error: HtsError) -> HttpResponse:
    """Return the search of the tariff, which says what is wrong with the number."""
    chosen = TariffSearch(request.GET, today=today)
    context = {"day": chosen.form, "as_of": chosen.day, "today": today}
    chosen.form.add_error("q", str(error))
    return render(request, "lookup/number/no_number.html", context, status=404)
