"""Forms of the requester's own pages: where to file and for whom, why to withdraw, into which round to copy."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from exclusions.models import Organization, Petition, Round, User
from exclusions.queries.importer.own_list import STATES
from exclusions.queries.importer.petitions import Party
from exclusions.workflow.deadlines import in_words

NEW = "new"


class OpenRoundForm(forms.Form):
    """Choose an open round; whom it is for, of the parties that are offered, a form that is made of this one asks."""

    round = forms.ChoiceField(
        label=_("Which round is the petition for?"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose a round."),
            "invalid_choice": _("That round is not open. Choose another."),
        },
    )

    def __init__(self, *args: Any, rounds: Sequence[Round], parties: Sequence[Party], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._parties = {party.key: party for party in parties}
        self._rounds = {round.slug: round for round in rounds}
        self.fields["round"].choices = [  # type: ignore[attr-defined]
            (round.slug, f"{round.title} ({round.docket}), open until {in_words(round.closes_at)}") for round in rounds
        ]
        if len(rounds) == 1:
            self.fields["round"].initial = rounds[0].slug

    @property
    def chosen_round(self) -> Round:
        """The round that was chosen."""
        return self._rounds[self.cleaned_data["round"]]


class NewPetitionForm(OpenRoundForm):
    """Choose an open round and whom the petition is for; a first organization is made on the way."""

    party = forms.ChoiceField(
        label=_("Whose petition is it?"),
        help_text=_("Choose the company that asks for the exclusion, even if a law firm, association or broker files."),
        widget=forms.RadioSelect,
        required=False,
        error_messages={"invalid_choice": _("You may not file for that organization. Choose one of those offered.")},
    )
    legal_name = forms.CharField(
        label=_("Full legal name of the organization"),
        help_text=_("Write it as in the articles of incorporation. The name will be public."),
        max_length=300,
        required=False,
    )
    kind = forms.ChoiceField(
        label=_("What kind of organization is it?"),
        choices=Organization.Kind.choices,
        initial=Organization.Kind.COMPANY,
        required=False,
    )

    def __init__(self, *args: Any, rounds: Sequence[Round], parties: Sequence[Party], **kwargs: Any) -> None:
        super().__init__(*args, rounds=rounds, parties=parties, **kwargs)
        offered = [(party.key, party.label) for party in parties]
        if offered:
            self.fields["party"].choices = [*offered, (NEW, "Another organization of mine (name it below)")]  # type: ignore[attr-defined]
            self.fields["party"].initial = likely(parties)
        else:
            del self.fields["party"]
            self.fields["legal_name"].shown_required = True  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Ask for a name exactly where an organization is to be made, and for a choice where there is one."""
        cleaned = super().clean() or {}
        if "party" in self.fields and not cleaned.get("party") and "party" not in self.errors:
            self.add_error("party", _("Choose whose petition it is."))
        if self.makes_organization and not str(cleaned.get("legal_name", "")).strip():
            self.add_error("legal_name", _("Enter the full legal name of the organization."))
        return cleaned

    @property
    def makes_organization(self) -> bool:
        """Whether a new organization is to be made first."""
        return "party" not in self.fields or self.cleaned_data.get("party") == NEW

    @property
    def chosen_party(self) -> Party:
        """Whom the petition is for; only where no organization is to be made."""
        return self._parties[self.cleaned_data["party"]]


def likely(parties: Sequence[Party]) -> str:
    """Whose petition it most likely is: the person's own company's; a firm that files for others says itself whose."""
    first = parties[0]
    acts_for_others = first.organization.kind != Organization.Kind.COMPANY
    return "" if acts_for_others and len(parties) > 1 else first.key


class NarrowForm(forms.Form):
    """Which of a person's petitions to list; with one organization, or one person, alone nobody is asked whose."""

    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        error_messages={"invalid_choice": _("There is no such state. Choose one of those offered.")},
    )
    organization = forms.ChoiceField(
        label=_("Organization"),
        required=False,
        error_messages={"invalid_choice": _("You have no petition of that organization. Choose one of those offered.")},
    )

    person = forms.ChoiceField(
        label=_("Contact"),
        required=False,
        error_messages={"invalid_choice": _("No petition of yours has that contact. Choose one of those offered.")},
    )

    sheet = forms.UUIDField(label=_("Sheet"), required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        organizations: Sequence[tuple[str, str]],
        people: Sequence[tuple[str, str]] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["state"].choices = [("", "All"), *STATES.items()]  # type: ignore[attr-defined]
        for name, offered in (("organization", organizations), ("person", people)):
            self.fields[name].choices = [("", "All"), *offered]  # type: ignore[attr-defined]
            if len(offered) < 2 and not self.data.get(name):
                del self.fields[name]

    @property
    def chosen(self) -> dict[str, str]:
        """What was chosen, by field; nothing where it is not among what is offered."""
        return {name: str(value) for name, value in self.cleaned_data.items() if value} if self.is_valid() else {}


class WithdrawForm(forms.Form):
    """Why a petition is withdrawn."""

    reason = forms.CharField(
        label=_("Why do you withdraw the petition?"),
        help_text=_("We keep this on the record of the case. Do not give confidential figures."),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=4000,
        error_messages={"required": _("Give a reason. It goes on the record.")},
    )


class CopyForm(forms.Form):
    """Into which open round a petition is copied, and for whom, where that may be somebody else."""

    round = forms.ChoiceField(
        label=_("Copy into"),
        error_messages={
            "required": _("Choose a round."),
            "invalid_choice": _("That round is not open. Choose another."),
        },
    )

    party = forms.ChoiceField(
        label=_("For"),
        help_text=_("A draft for another requester starts only with the public facts about the goods."),
        required=False,
        error_messages={"invalid_choice": _("You may not file for that organization. Choose one of those offered.")},
    )

    documents = forms.BooleanField(
        label=_("Carry the documents too"),
        help_text=_("For the same requester alone. We check each file again, and carry none that was taken down."),
        required=False,
    )

    def __init__(
        self, *args: Any, petition: Petition, rounds: Sequence[Round], parties: Sequence[Party], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self._rounds = {round.slug: round for round in rounds}
        self._parties = {party.key: party for party in parties}
        self.fields["round"].choices = [(round.slug, round.title) for round in rounds]  # type: ignore[attr-defined]
        self.fields["party"].choices = [(party.key, party.label) for party in parties]  # type: ignore[attr-defined]
        firm = petition.filer_organization_id or ""
        self.fields["party"].initial = f"{petition.organization_id}:{firm}"
        if len(parties) < 2:
            del self.fields["party"]

    @property
    def chosen_round(self) -> Round:
        """The round that was chosen."""
        return self._rounds[self.cleaned_data["round"]]

    @property
    def chosen_party(self) -> Party | None:
        """For whom the copy is; None: for the same parties."""
        return self._parties.get(self.cleaned_data.get("party", ""))


class HandOverForm(forms.Form):
    """Who gets a petition."""

    to = forms.ChoiceField(
        label=_("Who is the new contact?"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose a person."),
            "invalid_choice": _("That person cannot work on this petition. Choose one of those offered."),
        },
    )

    def __init__(self, *args: Any, people: Sequence[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._people = {str(one.pk): one for one in people}
        self.fields["to"].choices = [(key, f"{one} ({one.email})") for key, one in self._people.items()]  # type: ignore[attr-defined]

    @property
    def chosen(self) -> User:
        """Who was chosen."""
        return self._people[self.cleaned_data["to"]]
