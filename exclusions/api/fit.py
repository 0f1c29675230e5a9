"""Does an exclusion cover goods of a number that are described so? One answer an exclusion."""

from typing import Any

from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from exclusions.api.output import Dotted, NotOnFileOutput, Output
from exclusions.api.reads import Read
from exclusions.api.tariff import OnTheDay
from exclusions.forms.lookup.fit import FitQuestion
from exclusions.models.tariff import TariffLine
from exclusions.queries.lookup.fit import FitFound, HeldAgainst, fit_found


class HeldOutput(Output[HeldAgainst]):
    """An exclusion that names the number, and how the goods fit its text; the text alone decides at customs."""

    exclusion = serializers.CharField(source="exclusion.reference")
    heading = Dotted(source="exclusion.heading")
    text = serializers.CharField(source="exclusion.text")
    fits = serializers.ChoiceField(choices=("yes", "no", "ask"), source="verdict", help_text="never yes in doubt")
    why = serializers.ListField(
        source="fit.why", child=serializers.CharField(), help_text="limits missed, or questions"
    )
    missed = serializers.ListField(source="fit.missed", child=serializers.CharField(), help_text="the limits missed")
    in_force = serializers.BooleanField(help_text="whether goods entered on the day may use it")
    standing = serializers.CharField(help_text="whether the term is in force on the day")
    from_ = serializers.DateField(source="exclusion.valid_from", allow_null=True)
    to = serializers.DateField(source="exclusion.valid_to", allow_null=True)
    list = serializers.CharField(source="exclusion.list_code")
    whole_number = serializers.BooleanField(source="exclusion.whole_number")
    fictional = serializers.BooleanField(source="exclusion.fictional", help_text="made for the demonstration")


class FitOutput(Output[FitFound]):
    """What was asked, and every exclusion that names the number: in force first."""

    number = serializers.CharField(source="on_day.number.dotted")
    as_of = serializers.DateField(source="on_day.as_of")
    exists = serializers.BooleanField(source="on_day.exists", allow_null=True, help_text="null: no edition tells")
    exclusions_not_on_file = NotOnFileOutput(
        source="on_day.not_on_file", many=True, help_text="headings that may free the goods but are not all on file"
    )
    notices_until = serializers.DateField(
        source="on_day.register.notices_until", help_text="the last day whose Federal Register notices were searched"
    )
    results = HeldOutput(source="compared", many=True)


class DoesItFit(Read):
    """Goods of a number of 8 or 10 digits, held against each exclusion that names it, as of a day."""

    queryset = TariffLine.objects.all()
    serializer_class = FitOutput
    filter_backends = (OnTheDay,)
    filterset_class = FitQuestion
    pagination_class = None

    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Say of each exclusion of a number whether goods fit its text on a day.

        Raises ValidationError where no number is given, or none of 8 or 10 digits.
        """
        self.filter_queryset(self.get_queryset())
        number = self.asked.number
        if number is None:
            raise ValidationError({"hts": ["Give the number of the goods, 8 or 10 digits, for example 8413.81.0040."]})
        return Response(self.get_serializer(fit_found(number, self.asked.goods_text, self.asked.day)).data)
