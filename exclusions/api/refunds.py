"""Lines of entries in; what applied, which exclusions may, duty at stake and last days out. Nothing is kept."""

import re
from datetime import date
from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.exceptions import Throttled, ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.throttling import AnonRateThrottle, ScopedRateThrottle, UserRateThrottle

from exclusions.api.output import Dotted, Money, NotOnFileOutput, Output
from exclusions.api.reads import REFUSALS, Read
from exclusions.gateways.entries.turns import RETRY_AFTER, SHORT, NoTurn, Turn
from exclusions.gateways.entry_lines import FIELDS, MOST, NEEDED, EntryLine, read_cells
from exclusions.queries.lookup.refunds import LineAnswer, MayApply, RefundsFound, Total, refunds_found

AMOUNTS = ("value", "duty_paid")
CENTS = re.compile(r"^[0-9]{1,12}(\.[0-9]{1,2})?$")
AN_AMOUNT = "an amount of US dollars, such as 1250.00"
TOLD = 1000  # wrong cells of one answer


@extend_schema_field({"anyOf": [{"type": "string", "pattern": CENTS.pattern}, {"type": "number", "minimum": 0}]})
class Amount(Money):
    """An amount as it is sent to us: as text, or as a number, which is taken to the nearest cent."""


class EntryLineInput(serializers.Serializer[EntryLine]):
    """A line of an entry of goods of China."""

    entry_number = serializers.CharField(max_length=40)
    entry_date = serializers.DateField(help_text="from 2018-07-06, not after today")
    hts10 = serializers.CharField(help_text="8 or 10 digits, dotted or plain")
    value = Amount(help_text="US dollars")
    duty_paid = Amount(help_text="US dollars, Section 301 duty only")
    description = serializers.CharField(required=False, max_length=2000, help_text="of the goods: texts are compared")
    liquidated_on = serializers.DateField(
        required=False, allow_null=True, help_text="the real or scheduled date (otherwise estimated)"
    )


class RefundsInput(serializers.Serializer[Any]):
    """Up to 50,000 lines."""

    lines = EntryLineInput(many=True, min_length=1, max_length=MOST)  # type: ignore[call-arg]


class MayApplyOutput(Output[MayApply]):
    """An exclusion in force on the day of entry, of a list that covered the number."""

    exclusion = serializers.CharField(source="exclusion.reference")
    heading = Dotted(source="exclusion.heading")
    text = serializers.CharField(source="exclusion.text")
    fits = serializers.ChoiceField(choices=("yes", "ask"), source="verdict")
    fictional = serializers.BooleanField(source="exclusion.fictional", help_text="made for the demonstration")


class LineAnswerOutput(Output[LineAnswer]):
    """One line; amounts in US dollars, days inclusive."""

    entry_number = serializers.CharField(source="line.entry_number")
    entry_date = serializers.DateField(source="line.entered_on")
    hts10 = Dotted(source="line.hts")
    owed = serializers.CharField(help_text="the lists that covered the number that day, with their rates")
    questions = serializers.ListField(child=serializers.CharField(), help_text="what decides beside the texts")
    notes = serializers.ListField(
        child=serializers.CharField(), help_text="a rate that was too high, duty not counted, or a doubtful number"
    )
    exclusions = MayApplyOutput(source="may_apply", many=True)
    exclusions_not_on_file = NotOnFileOutput(
        source="not_on_file", many=True, help_text="headings that may free the goods but are not all on file"
    )
    duty_at_stake = Money(source="at_stake")
    sure = Money(help_text="the part of duty_at_stake that is certain: nothing about the goods is open")
    route = serializers.ChoiceField(choices=("correct", "wait", "protest", "check", "lost"), source="window.route")
    act_by = serializers.DateField(source="window.act_by", allow_null=True)
    correction_by = serializers.DateField(source="window.correction_by")
    liquidation_on = serializers.DateField(source="window.liquidation_on")
    protest_by = serializers.DateField(source="window.protest_by")
    estimated = serializers.BooleanField(
        source="window.estimated", help_text="the day of liquidation is assumed, not given"
    )


class TotalOutput(Output[Total]):
    """The lines of one way, and what hangs on them."""

    route = serializers.CharField()
    lines = serializers.IntegerField()
    duty_at_stake = Money(source="at_stake")
    sure = Money()
    first_day = serializers.DateField(allow_null=True)


class RefundsOutput(Output[RefundsFound]):
    """The totals, and each line as it came."""

    as_of = serializers.DateField(source="today")
    notices_until = serializers.DateField(
        source="register.notices_until", help_text="the last day whose Federal Register notices were searched"
    )
    open = Money(help_text="US dollars that can still be claimed, if the goods meet the texts")
    lost = Money(help_text="US dollars that can no longer be claimed")
    totals = TotalOutput(many=True)
    results = LineAnswerOutput(source="answers", many=True)


class Refunds(Read):
    """Lines of entries, answered at once as of today and not kept; what is wrong is told by line and field."""

    serializer_class = RefundsOutput
    pagination_class = None
    refusals = {
        **REFUSALS,
        403: "A member of staff who has not yet set up a second factor",
        413: "The body is too large",
        415: "The body is not JSON",
    }
    throttle_classes = (AnonRateThrottle, UserRateThrottle, ScopedRateThrottle)
    throttle_scope = "refunds"

    @extend_schema(request=RefundsInput)
    def post(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Say of each entry line what applied, what is at stake, and by when to ask for it.

        Raises ValidationError by line and field, and answers nothing then. Raises Throttled where all turns are taken.
        """
        today, body = timezone.localdate(), request.data
        announced = request.META.get("CONTENT_LENGTH") or ""
        try:
            turn = Turn(int(announced) if announced.isdigit() else SHORT + 1)
        except NoTurn as busy:
            raise Throttled(RETRY_AFTER, str(busy)) from busy
        with turn:
            return Response(self.get_serializer(refunds_found(_lines(body, today), today)).data)


def _lines(body: Any, today: date) -> list[EntryLine]:
    given = body.get("lines") if isinstance(body, dict) else None
    if not isinstance(given, list) or not given or len(given) > MOST:
        raise ValidationError({"lines": [f"Send an object with “lines”: a list of 1 to {MOST:,} lines."]})
    lines: list[EntryLine] = []
    wrong: dict[str, list[str]] = {}
    for place, one in enumerate(given):
        line, bad = (None, _shape(one)) if _shape(one) else _read(place, one, today)
        if line is not None:
            lines.append(line)
        wrong |= {f"lines.{place}.{column}".rstrip("."): [sentence] for column, sentence in bad.items()}
        if len(wrong) >= TOLD:
            break
    if wrong:
        raise ValidationError(wrong)
    return lines


def _shape(one: Any) -> dict[str, str]:
    """Return by field what is not there, or is not text or a number as it should be."""
    if not isinstance(one, dict):
        return {"": "A line is an object with the fields of a line."}
    wrong = {}
    for name in FIELDS:
        value = one.get(name)
        if value is None and (name == "liquidated_on" or (name not in NEEDED and name not in one)):
            continue
        kinds: tuple[type, ...] = (int, float, str) if name in AMOUNTS else (str,)
        if name not in one:
            wrong[name] = "This field is missing."
        elif isinstance(value, bool) or not isinstance(value, kinds) or not _is_amount(name, value):
            wrong[name] = f"This is not {AN_AMOUNT if name in AMOUNTS else 'a text'}."
        elif name == "description" and not (str(value).strip() and len(str(value)) <= 2000):
            wrong[name] = "Describe the goods in 1 to 2,000 characters, or leave the field out."
    return wrong


def _is_amount(name: str, value: Any) -> bool:
    """Whether a text in the place of an amount is one: digits, and after a point one or two more."""
    return name not in AMOUNTS or not isinstance(value, str) or bool(CENTS.fullmatch(value))


def _read(place: int, one: dict[str, Any], today: date) -> tuple[EntryLine | None, dict[str, str]]:
    cells = {name: _text(one[name]) for name in FIELDS if one.get(name) is not None}
    line, bad = read_cells(place + 1, cells, today)
    return line, {cell.column: f"“{cell.value[:80]}” {cell.reason}" for cell in bad}


def _text(value: Any) -> str:
    return f"{value:.2f}" if isinstance(value, float) else str(value)
