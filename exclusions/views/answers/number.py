"""The answer page of a number: what a shipment of it owes on a day, and everything that bears on that."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from exclusions.duties.owed import freed, owed
from exclusions.forms.answers.shipment import ShipmentForm
from exclusions.forms.tariff import TariffDay, TariffSearch
from exclusions.hts import HtsError, parse
from exclusions.queries.answers.number.answer import number_answer
from exclusions.queries.tariff.number_facts import stamp_ahead
from exclusions.views.frame.moment import moment
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
    stamp = stamp_ahead()  # while what was asked is read
    chosen = TariffDay(request.GET, today=today)
    as_of = chosen.day
    answer = number_answer(parsed, as_of, stamp)
    context = {"day": chosen.form, "as_of": as_of, "today": today, "answer": answer, "facts": answer.facts}
    if answer.duties:
        form = ShipmentForm(request.GET, answer.duties)
        shipment = form.shipment
        context |= {"form": form, "shipment": shipment}
        if shipment.amounts:
            context["reckoned"] = owed(answer.duties, shipment)
            context["freed"] = freed(answer.duties, shipment)
    status = 200 if answer.facts.has_answer else 404
    return render(request, "answers/number/number.html", context, status=status)


def _no_number(request: HttpRequest, today: date, error: HtsError) -> HttpResponse:
    """The search of the tariff, which says what is wrong with the number."""
    chosen = TariffSearch(request.GET, today=today)
    context = {"day": chosen.form, "as_of": chosen.day, "today": today}
    chosen.form.add_error("q", str(error))
    return render(request, "answers/number/no_number.html", context, status=404)
