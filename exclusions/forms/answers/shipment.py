"""What a person says of a shipment on the page of a number: value, quantities, what is true of the goods."""

import re
from decimal import Decimal
from typing import Any

from django import forms
from django.http import QueryDict

from exclusions.duties.owed import Duties, Shipment
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
                f"“{text}” is not an amount. Write {unit} in digits, with a dot before the cents: 12,500.50."
            )
        amount = Decimal(found[1].replace(",", "") + (found[2] or ""))
        if amount > MOST:
            raise forms.ValidationError("That is more than a million millions. Check the digits.")
        return amount


class ShipmentForm(forms.Form):
    """Value and quantities, the questions that the number raises, and the exclusion whose text the goods meet.

    What an address holds that is not asked of this number on this day is left out, and `left_out` says so.
    """

    def __init__(self, asked: QueryDict, duties: Duties) -> None:
        measures = (WHOLE_VALUE, *duties.measures)
        self._keys = [measure.key for measure in measures]
        questions = {item.key for item in duties.questions}
        self.said = frozenset(asked.getlist("is")) & questions
        self.meets = next((text.reference for text in duties.some_goods if text.reference == asked.get("meets")), "")
        self.left_out = bool(set(asked.getlist("is")) - questions) or bool(asked.get("meets") and not self.meets)
        super().__init__({key: asked.get(key, "") for key in self._keys})
        for measure in measures:
            self.fields[measure.key] = AmountField(measure)

    @property
    def shipment(self) -> Shipment:
        """What was said, without what could not be read."""
        self.full_clean()
        amounts = {key: value for key in self._keys if (value := self.cleaned_data.get(key)) is not None}
        return Shipment(amounts, self.said, self.meets)
