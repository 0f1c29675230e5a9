"""Forms of bulk sheets: for which round and whom a sheet is, and the table that comes back."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from exclusions.forms.petitions import OpenRoundForm, likely
from exclusions.gateways.bulk_sheets.zips import MOST_BYTES
from exclusions.gateways.documents.inspection import MAX_BYTES
from exclusions.models import BulkSheet, Round
from exclusions.queries.importer.petitions import Party

LONGEST_PASTE = 10_000_000  # characters


class NewSheetForm(OpenRoundForm):
    """Choose an open round and the company whose petitions the rows are."""

    party = forms.ChoiceField(
        label=_("Whose petitions are they?"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose whose petitions they are."),
            "invalid_choice": _("You may not file for that organization. Choose one of those offered."),
        },
    )

    def __init__(self, *args: Any, rounds: Sequence[Round], parties: Sequence[Party], **kwargs: Any) -> None:
        super().__init__(*args, rounds=rounds, parties=parties, **kwargs)
        self.fields["round"].label = _("Which round are the petitions for?")
        self.fields["party"].choices = [(party.key, party.label) for party in parties]  # type: ignore[attr-defined]
        if parties:
            self.fields["party"].initial = likely(parties)

    @property
    def chosen_party(self) -> Party:
        """Whom the petitions are for."""
        return self._parties[self.cleaned_data["party"]]


class TableForm(forms.Form):
    """Takes a file with the rows, or rows that were copied in a spreadsheet program and pasted."""

    file = forms.FileField(
        label=_("A file, XLSX or CSV"),
        help_text=_("Up to 20,000 rows, 250 columns and 50 MB. We do not keep the file, only its texts."),
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.txt"}),
    )
    pasted = forms.CharField(
        label=_("Or paste rows"),
        help_text=_("Copy them in a spreadsheet program, with the row of headings."),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 6, "spellcheck": "false"}),
    )

    def clean_file(self) -> object:
        """Refuse a file that is too large before anything of it is read."""
        given = self.cleaned_data["file"]
        if given and given.size > MAX_BYTES:
            raise forms.ValidationError(
                _("This file is larger than %(most)s MB. Divide the sheet, and send the parts one by one.")
                % {"most": MAX_BYTES // 1_000_000}
            )
        return given

    def clean_pasted(self) -> str:
        """Refuse what no paste of so many rows is. The page counts no characters down: nobody types them."""
        given = str(self.cleaned_data["pasted"])
        if len(given) > LONGEST_PASTE:
            raise forms.ValidationError(_("This is too much to paste. Send it as a file."))
        return given

    def clean(self) -> dict[str, Any]:
        """Return what was given. One of the two has to be, and not both."""
        cleaned = super().clean() or {}
        file, pasted = cleaned.get("file"), str(cleaned.get("pasted", "")).strip()
        if not self.errors and not file and not pasted:
            self.add_error("file", _("Choose a file, or paste rows."))
        elif file and pasted:
            self.add_error("pasted", _("Send either a file or pasted rows. Empty this field, or choose no file."))
        return cleaned


class ZipForm(forms.Form):
    """Takes a ZIP of documents."""

    zip = forms.FileField(
        label=_("A ZIP of documents"),
        help_text=_(
            "Up to 200 MB and 5,000 files, each up to 50 MB: PDF, PNG, JPEG, TXT, CSV, DOCX or XLSX. No folders. Send "
            "several one after another."
        ),
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".zip"}),
        error_messages={"required": _("Choose a ZIP.")},
    )

    def clean_zip(self) -> object:
        """Refuse a ZIP that is too large before anything of it is read."""
        given = self.cleaned_data["zip"]
        if given.size > MOST_BYTES:
            raise forms.ValidationError(
                _("This ZIP is larger than %(most)s MB. Divide it, and send the parts one after another.")
                % {"most": MOST_BYTES // 1_000_000}
            )
        return given


class AcceptForm(forms.Form):
    """Which rows become drafts."""

    wanted = forms.ChoiceField(
        choices=BulkSheet.Wanted.choices,
        error_messages={
            "required": _("Choose which rows become drafts."),
            "invalid_choice": _("Choose the rows without errors, or all rows."),
        },
    )
