"""What is entered beside the evidence of a case: a finding on each criterion, and the conclusion of level 1."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django import forms
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from exclusions.forms.casework.recommendation import RecommendationForm
from exclusions.forms.casework.review import FindingForm
from exclusions.permissions.arguments.findings import lacks_citation
from exclusions.queries.casework.case.findings import CriterionState
from exclusions.queries.casework.case.passages import Passage

PAGE = "page of "


class InlineFinding(FindingForm):
    """A finding on one criterion among others; nothing in it is chosen beforehand, and an empty one is no finding."""

    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)
    field_order = ("result", "reasons", "confidential_note")
    use_required_attribute = False  # an empty one is no finding

    def __init__(self, data: Any, *, state: CriterionState) -> None:
        last = state.finding.pk if state.finding else 0
        super().__init__(data, criterion=state.criterion, prefix=state.criterion.key, initial={"seen": last})
        self.state = state
        self.last = last
        self.fields["reasons"].widget.attrs["rows"] = 3
        self.fields["confidential_note"].widget.attrs["rows"] = 2
        self.renew = False

    @property
    def filled(self) -> bool:
        """Whether anything was entered in it."""
        names = ("result", "reasons", "confidential_note", "citations")
        return self.is_bound and any(str(self[name].value() or "").strip("[] ") for name in names)

    @property
    def opened(self) -> bool:
        """Whether the evidence and the reasons stand open: where something was entered."""
        return self.filled

    @property
    def result_drawn(self) -> SafeString:
        """The choice of a result, which stands in the head of its criterion."""
        return self["result"].as_field_group()

    @property
    def fields_drawn(self) -> SafeString:
        """The reasons, and the note on confidential evidence, folded away where there is none."""
        return render_to_string("casework/case/case_tabs/_finding_fields.html", {"form": self})

    @property
    def bearing(self) -> Iterator[tuple[Passage, bool, str]]:
        """What bears on the criterion, with whether it is ticked, and the page that was named."""
        return self._offered(self.state.bearing)

    @property
    def others(self) -> Iterator[tuple[Passage, bool, str]]:
        """The rest of the record, in the same way."""
        return self._offered(self.state.others)

    def _offered(self, passages: list[Passage]) -> Iterator[tuple[Passage, bool, str]]:
        chosen = set(self["citations"].value() or [])
        for passage in passages:
            yield passage, passage.citation in chosen, self._page(passage.citation)

    def _page(self, citation: str) -> str:
        return str(self.data.get(f"{self.prefix}-{PAGE}{citation}", "")).strip() if self.is_bound else ""

    def clean_citations(self) -> list[str]:
        """Return the citations, those of a document with the page that was named beside it."""
        found = []
        for citation in self.cleaned_data["citations"]:
            page = self._page(citation) if citation.startswith("document:") else ""
            if page and not (page.isascii() and page.isdigit() and 0 < int(page) < 10_000):
                raise forms.ValidationError(f"“{page}” is not a page number. Enter one such as 3, or leave it empty.")
            found.append(f"{citation}:{int(page)}" if page else citation)
        return found

    @property
    def shown_seen(self) -> Any:
        """The finding that the form is made from: what was sent, or after a conflict the one that counts now."""
        return self.last if self.renew or not self.is_bound else self["seen"].value()

    def place(self, fields: Mapping[str, list[str]]) -> None:
        """Put the sentences of a refusal beside the fields that they name."""
        for field, said in fields.items():
            of, _, name = field.partition("-")
            if of == self.state.criterion.key:
                self.add_error(name if name in self.fields else None, list(said))


class AddedCitations(InlineFinding):
    """Citations for a finding on record that lacks them; its result and reasons stay."""

    def __init__(self, data: Any, *, state: CriterionState) -> None:
        super().__init__(data, state=state)
        for name in ("result", "reasons", "confidential_note", "meant"):
            del self.fields[name]

    @property
    def filled(self) -> bool:
        """Whether anything was ticked in it."""
        return self.is_bound and bool(self["citations"].value())


def additions_to(data: Any, states: Iterable[CriterionState]) -> list[AddedCitations]:
    """Return a form for each finding on record that lacks a citation, with what was sent."""
    return [AddedCitations(data, state=state) for state in states if state.finding and lacks_citation(state.finding)]


def findings_of(data: Any, states: list[CriterionState]) -> list[InlineFinding]:
    """Return a form for each criterion, with what was sent."""
    return [InlineFinding(data, state=state) for state in states]


class Conclusion(RecommendationForm):
    """The recommendation of level 1, beside its findings."""

    prefix = "conclude"
    use_required_attribute = False  # findings are recorded without it as well

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, level=1)
        self.fields["reasons"].widget.attrs["rows"] = 3

    @property
    def fields_drawn(self) -> SafeString:
        """The fields, in two columns."""
        return render_to_string("casework/case/case_tabs/_conclusion_fields.html", {"form": self})
