"""The attributes from which a product text is written: noun, material, measures with units, purpose, value."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms

from exclusions import hts
from exclusions.wording import Attributes, Description, NamedNumber, Stated, describe, generate
from exclusions.wording.writing import SENTENCES

ROWS = 6


@dataclass(frozen=True)
class Row:
    """The inputs of one measure, and what it is called."""

    number: int
    kind: forms.BoundField
    low: forms.BoundField
    high: forms.BoundField
    unit: forms.BoundField
    over: forms.BoundField


class AttributesForm(forms.Form):
    """What a drafter types; “Write the text” makes a text of it, in the style of the annex."""

    noun = forms.CharField(
        label="What the goods are called", required=False, max_length=300,
        help_text="The noun of the tariff line, in the plural: ball valves.",
    )  # fmt: skip
    material = forms.CharField(label="Material", required=False, max_length=300, help_text="Stainless steel.")
    features = forms.CharField(
        label="Other features that can be seen at entry", required=False, max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}), help_text="One a line: hand operated.",
    )  # fmt: skip
    use = forms.CharField(
        label="Designed for use in",
        required=False,
        max_length=500,
        help_text="A purpose, never a user: marine engines.",
    )
    whether = forms.CharField(label="Whether or not", required=False, max_length=500, help_text="With handles.")

    def __init__(self, data: Mapping[str, Any] | None = None, *, described: Description | None = None) -> None:
        super().__init__(data, initial=_initial(described) if described else None)
        for number in range(1, ROWS + 1):
            kinds = [("", "None"), *((kind, kind.capitalize()) for kind in SENTENCES)]
            made: dict[str, forms.Field] = {
                "kind": forms.ChoiceField(label=f"Measure {number}: of what", choices=kinds, required=False),
                "low": forms.CharField(label=f"Measure {number}: at least", required=False, max_length=20),
                "high": forms.CharField(label=f"Measure {number}: at most", required=False, max_length=20),
                "unit": forms.CharField(label=f"Measure {number}: unit", required=False, max_length=30),
                "over": forms.BooleanField(label=f"Measure {number}: more than the lower limit", required=False),
            }
            for name, field in made.items():
                field.widget.attrs["aria-label"] = str(field.label)
                self.fields[f"{name}_{number}"] = field

    @property
    def rows(self) -> Iterator[Row]:
        """The measures."""
        for number in range(1, ROWS + 1):
            yield Row(number, *(self[f"{name}_{number}"] for name in ("kind", "low", "high", "unit", "over")))

    @property
    def text_fields(self) -> list[forms.BoundField]:
        """The fields that take text: all but those of measures."""
        return [self[name] for name in ("noun", "material", "features", "use", "whether")]

    def write(self, number: str) -> str:
        """Return the text of the attributes; "" with errors in the form where it cannot be written.

        `number` is as typed, dotted or plain; one that is no number is left out of the text.
        """
        if not self.is_valid():
            return ""
        typed = self.cleaned_data
        if not typed["noun"].strip():
            self.add_error("noun", "Enter what the goods are called. The text begins with that.")
            return ""
        stated = [
            Stated(
                kind,
                typed[f"low_{n}"].strip(),
                typed[f"high_{n}"].strip(),
                typed[f"unit_{n}"].strip(),
                typed[f"over_{n}"],
            )
            for n in range(1, ROWS + 1)
            if (kind := typed[f"kind_{n}"])
        ]
        for n, one in enumerate(stated, start=1):
            if problem := one.problem():
                self.add_error(f"low_{n}", problem)
        if self.errors:
            return ""
        features = [line.strip(" ,") for line in typed["features"].splitlines()]
        return generate(
            describe(
                Attributes(
                    typed["noun"], typed["material"], features, stated, typed["use"], typed["whether"], _named(number)
                )
            )
        )


def _named(number: str) -> list[NamedNumber]:
    try:
        return [NamedNumber(hts.parse(number, digits=(10,)).plain)]
    except hts.HtsError:
        return []


def _initial(described: Description) -> dict[str, Any]:
    """Return what the form offers of goods as they are described: noun, material, and the first measures."""
    found: dict[str, Any] = {"noun": described.noun, "material": described.material}
    limits = [limit for limit in described.limits if limit.kind in SENTENCES and limit.measured_in.metric]
    for number, limit in enumerate(limits[:ROWS], start=1):
        found |= {
            f"kind_{number}": limit.kind,
            f"low_{number}": limit.low.figure if limit.low else "",
            f"high_{number}": limit.high.figure if limit.high else "",
            f"unit_{number}": "" if limit.kind == "value" else limit.unit,
            f"over_{number}": bool(limit.low and not limit.low.including),
        }
    return found
