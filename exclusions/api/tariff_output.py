"""What the tariff API sends: numbers dotted, rates in percent of value, days inclusive, null for unknown."""

from typing import Any

from rest_framework import serializers

from exclusions.api.output import Dotted, NotOnFileOutput, Output
from exclusions.facts.numbers import NumberOnDay
from exclusions.queries.lookup.number.shipment import duties_of


class CoverageOutput(Output[Any]):
    """An action that covers the number, its heading and rate, and the days on which that holds."""

    list = serializers.CharField(source="list_code")
    heading = Dotted()
    rate_pct = serializers.FloatField()
    from_ = serializers.DateField(source="valid_from")
    to = serializers.DateField(source="valid_to", allow_null=True)
    in_part = serializers.BooleanField(help_text="covered only for some statistical numbers or some goods")
    goods = serializers.CharField(help_text="the only goods of the line that owe it. Empty: all of them")
    question = serializers.CharField(help_text="the fact that decides whether goods of the line owe it. Empty: none")


class HistoryOutput(CoverageOutput):
    """A rate over time; one that is suspended is not owed."""

    in_force = serializers.BooleanField(help_text="whether duty was owed")
    source = serializers.CharField(help_text="where the rate is from")  # type: ignore[assignment]


class InTransitOutput(Output[Any]):
    """A lower rate for goods that were under way when the rate rose."""

    heading = Dotted()
    rate_pct = serializers.FloatField()
    exported_before = serializers.DateField()
    entered_before = serializers.DateField(allow_null=True)


class AlsoOwedOutput(Output[Any]):
    """An action on top of the lists: on all goods of China but named ones, or on some goods of lines of its own."""

    action = serializers.CharField()
    heading = Dotted()
    rate_pct = serializers.FloatField()
    from_ = serializers.DateField(source="valid_from")
    to = serializers.DateField(source="valid_to", allow_null=True)
    unless = serializers.CharField(help_text="goods that do not owe it. The data do not say which")
    goods = serializers.CharField(help_text="the only goods of the line that owe it. Empty: all of them")
    citation = serializers.CharField()


class NotCountedOutput(Output[Any]):
    """A duty that goods of the number may owe on the day, and that is not counted here."""

    what = serializers.CharField()
    from_ = serializers.DateField(source="valid_from", allow_null=True, help_text="null: not established")
    to = serializers.DateField(source="valid_to", allow_null=True, help_text="null: not established, or still running")
    source = serializers.CharField()  # type: ignore[assignment]
    heading = serializers.CharField(help_text="the chapter 99 heading or headings. Empty: none")
    rate = serializers.CharField(help_text="as printed. Empty: not known, or set by order")


class NamedExclusionOutput(Output[Any]):
    """An exclusion in force that names the number; its text decides."""

    heading = Dotted()
    note = serializers.CharField(source="note_printed")
    text = serializers.CharField()
    whole_number = serializers.BooleanField()
    from_ = serializers.DateField(source="valid_from")
    to = serializers.DateField(source="valid_to", allow_null=True)
    reference = serializers.CharField()
    list = serializers.CharField(source="list_code")
    fictional = serializers.BooleanField(help_text="made for the demonstration")
    corrected_on = serializers.DateField(allow_null=True, help_text="when its text or term was last corrected")


class OpenRoundOutput(Output[Any]):
    """A round in which a petition for the number may be filed that day."""

    round = serializers.CharField(source="slug")
    docket = serializers.CharField()
    title = serializers.CharField()
    closes_at = serializers.DateTimeField()


class SuccessionOutput(Output[Any]):
    """A number before or after, through all editions; a hint, not law."""

    number = Dotted()
    change_type = serializers.CharField()
    revision = serializers.CharField()
    effective_on = serializers.DateField(allow_null=True)
    confidence = serializers.CharField(help_text="of the weakest step on the way: high, medium or low")
    evidence = serializers.CharField(help_text="what shows the last step")
    via = serializers.ListField(child=Dotted(), help_text="the numbers in between")


class AdditionalOutput(Output[Any]):
    """A duty in percent of the customs value, and what decides whether goods of the line owe it."""

    name = serializers.CharField()
    heading = serializers.CharField()
    rate_pct = serializers.FloatField(source="pct")
    asks = serializers.CharField(help_text="owed only if this is true. Empty: no question")
    unless = serializers.CharField(help_text="not owed if this is true. Empty: no question")
    in_place_of = serializers.CharField(help_text="the heading that is not owed when this one is. Empty: none")
    lifts = serializers.ListField(child=serializers.CharField(), help_text="other headings that are not owed then")
    is_open = serializers.BooleanField(help_text="whether the total is a range until `asks` is answered")


class MeasureOutput(Output[Any]):
    """A quantity, or the value of a part of the goods."""

    key = serializers.CharField()
    words = serializers.CharField(help_text="with its unit")


class DutyOutput(Output[Any]):
    """What a shipment from China owes on the day, as far as it is counted: base rate and Section 301."""

    sentence = serializers.CharField(source="in_words")
    base_rate = serializers.CharField(
        source="base.printed",
        default=None,
        allow_null=True,
        help_text="as printed. Null: no edition on file for the day",
    )
    measures = MeasureOutput(many=True, help_text="what you must know about a shipment besides its value")
    additional = AdditionalOutput(many=True)
    in_transit = AdditionalOutput(many=True)

    def to_representation(self, instance: NumberOnDay) -> Any:
        """Send the duties of the number's facts, or null."""
        duties = duties_of(instance)
        return super().to_representation(duties) if duties else None


class LineOutput(Output[Any]):
    """A line of the schedule with what there is about it on the day."""

    number = Dotted(source="line.number")
    level = serializers.IntegerField(source="line.level")
    description = serializers.CharField(source="line.full_description")
    general_rate = serializers.CharField(source="line.general_rate")
    valid_from = serializers.DateField(source="line.valid_from", allow_null=True)
    valid_to = serializers.DateField(source="line.valid_to", allow_null=True)
    units = serializers.ListField(source="line.units", child=serializers.CharField())
    covered_by = CoverageOutput(source="coverage", many=True)
    also_owed = AlsoOwedOutput(many=True)
    in_transit = InTransitOutput(many=True)
    not_counted = NotCountedOutput(many=True)
    exclusions = NamedExclusionOutput(many=True)
    open_rounds = OpenRoundOutput(many=True)
    successors = SuccessionOutput(many=True)
    predecessors = SuccessionOutput(many=True)


class ChildOutput(Output[Any]):
    """A line below, to choose from."""

    number = Dotted(source="line.number")
    description = serializers.CharField(source="line.description")
    covered_by = CoverageOutput(source="coverage", many=True)


class FactsOutput(Output[Any]):
    """All about one number on one day. `exists` is null where no edition on file can tell."""

    number = serializers.CharField(source="number.dotted")
    level = serializers.IntegerField()
    description = serializers.CharField()
    general_rate = serializers.CharField(source="line.general_rate", default="")
    special_rate = serializers.CharField(source="line.special_rate", default="")
    other_rate = serializers.CharField(source="line.other_rate", default="")
    units = serializers.ListField(source="line.units", child=serializers.CharField(), default=list)
    valid_from = serializers.DateField(source="line.valid_from", default=None, allow_null=True)
    valid_to = serializers.DateField(source="line.valid_to", default=None, allow_null=True)
    as_of = serializers.DateField()
    exists = serializers.BooleanField(allow_null=True)
    edition = serializers.CharField(help_text="the HTSUS edition for the day. Empty if none is on file")
    edition_from = serializers.DateField(
        source="speaks.valid_from", default=None, allow_null=True, help_text="its first day"
    )
    doubt = serializers.CharField(help_text="why we cannot tell whether the number exists. Empty if we can")
    name_source = serializers.CharField(help_text="the HTSUS edition, or the international Harmonized System")
    statistical_number = Dotted(help_text="the 10-digit number meant. Empty if there is a choice")
    left_on = serializers.DateField(
        allow_null=True, help_text="when the number left the schedule. Null: it has not, or not known"
    )
    begins_on = serializers.DateField(
        allow_null=True, help_text="when the number comes into the schedule. Null: it had, or not known"
    )
    remark = serializers.CharField(help_text="why a petition cannot name the number. Empty if it can")
    provision = serializers.CharField(
        help_text="how lists apply to goods entered under chapter 98. Empty for other numbers"
    )
    covered_by = CoverageOutput(source="coverage", many=True)
    also_owed = AlsoOwedOutput(many=True)
    in_transit = InTransitOutput(many=True)
    not_counted = NotCountedOutput(many=True)
    duty = DutyOutput(source="*", allow_null=True, help_text="null: no goods can be entered under the number that day")
    rate_history = HistoryOutput(source="history", many=True)
    exclusions = NamedExclusionOutput(many=True)
    exclusions_not_on_file = NotOnFileOutput(
        source="not_on_file", many=True, help_text="headings that may free the goods but are not all on file"
    )
    notices_until = serializers.DateField(
        source="register.notices_until", help_text="the last day whose Federal Register notices were searched"
    )
    open_rounds = OpenRoundOutput(many=True)
    children = ChildOutput(many=True)
    successors = SuccessionOutput(many=True)
    predecessors = SuccessionOutput(many=True)
