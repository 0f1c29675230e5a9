"""What a person says of a shipment on the page of a number: value, quantities, what is true of the goods."""

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from exclusions.duties.owed import NO_OTHER, Duties, Shipment
from exclusions.duties.rates import WHOLE_VALUE, Measure

AMOUNT = re.compile(r"\$?\s*(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?", re.ASCII)
MOST = Decimal(10) ** 12
LONGEST = 40


class AmountField(forms.CharField):
    """A number as people write it: 12500, 12,500.50 or $12,500. Cleaned to a Decimal, None where nothing was said."""

    def __init__(self, measure: Measure) -> None:
        super().__init__(
            required=False,
            max_length=LONGEST,
            label=f"{measure.words[:1].upper()}{measure.words[1:]}",
        )
        self.measure = measure

    def clean(self, value: Any) -> Any:
        """Return the number. Raises ValidationError with the remedy for anything else."""
        text = super().clean(value).strip()
        if not text:
            return None
        found = AMOUNT.fullmatch(text)
        if not found:
            unit = "US dollars" if self.measure.is_money else self.measure.words
            raise forms.ValidationError(
                _("“%(text)s” is not an amount. Write %(unit)s in digits, with a dot before the cents: 12,500.50.")
                % {"text": text, "unit": unit}
            )
        amount = Decimal(found[1].replace(",", "") + (found[2] or ""))
        if amount > MOST:
            raise forms.ValidationError(_("That is more than a million millions. Check the digits."))
        return amount


@dataclass(frozen=True, slots=True)
class Amount:
    """A number that is asked of a shipment, by the key of its measure: as it was written, and read (None: it was not).

    `wrong` is a sentence with the remedy; "" where nothing is.
    """

    key: str
    label: str
    written: str
    value: Decimal | None = None
    wrong: str = ""


class ShipmentForm:
    """Value and quantities, the questions that the number raises, and the exclusion whose text the goods meet.

    What an address holds that is not asked of this number on this day is left out, and `left_out` says so.
    """

    def __init__(self, asked: QueryDict, duties: Duties) -> None:
        questions = {item.key for item in duties.questions} | ({NO_OTHER} if duties.is_open else set())
        said, meets = asked.getlist("is"), asked.get("meets")
        self.said = questions.intersection(said)
        self.meets = next((text.reference for text in duties.some_goods if text.reference == meets), "")
        self.left_out = not questions.issuperset(said) or bool(meets and not self.meets)
        self.amounts = [_read(measure, asked.get(measure.key) or "") for measure in (WHOLE_VALUE, *duties.measures)]

    @property
    def shipment(self) -> Shipment:
        """What was said, without what could not be read."""
        amounts = {amount.key: amount.value for amount in self.amounts if amount.value is not None}
        return Shipment(amounts, frozenset(self.said), self.meets)


def _read(measure: Measure, written: str) -> Amount:
    field = _field(measure)
    if not written.strip():
        return Amount(measure.key, str(field.label), written)
    try:
        return Amount(measure.key, str(field.label), written, field.clean(written))
    except forms.ValidationError as error:
        return Amount(measure.key, str(field.label), written, wrong=error.messages[0])


@lru_cache(maxsize=256)
def _field(measure: Measure) -> AmountField:
    """Return the field of a measure, which nothing changes while it is filled in."""
    return AmountField(measure)
