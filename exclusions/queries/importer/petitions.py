"""Petitions as their owners see them: the list, one of them, and whom a person may file for."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, F, OuterRef, Prefetch, QuerySet, prefetch_related_objects

from exclusions.facts.forms import is_sound, petition_form
from exclusions.models import (
    Authorization,
    Document,
    Event,
    Letter,
    Organization,
    Petition,
    PetitionVersion,
    Quarantine,
    Reply,
    Response,
    Round,
    Screening,
    User,
)
from exclusions.permissions import Standing, lapse_refusal, standing_of
from exclusions.queries.importer.filing import Progress, progress
from exclusions.queries.importer.own_list import ToReply
from exclusions.queries.record.deadlines_due import next_deadline
from exclusions.workflow.deadlines import eastern_date
from exclusions.workflow.roles import OWNERS
from exclusions.workflow.states import ASKED_OF_OWNERS, COMMENTING, EDITABLE, MOVE_OF, Status, stage_of
from exclusions.workflow.transitions import CLOSINGS, TRANSITIONS


@dataclass(frozen=True)
class Row:
    """One petition in its owner's list."""

    petition: Petition
    stage: str
    move: str
    yours: bool  # whether the owners are to do something now
    progress: Progress | None
    deadline: datetime | None
    deadline_of: str


# What the list shows of a petition and its parties.
SHOWN = ("reference", "status", "in_part", "hts10", "product_name", "cure_closes_at", "response_closes_at",
         "reply_closes_at", "round_id", "organization__legal_name", "filer_organization__legal_name",
         "filed_by__full_name", "filed_by__email")  # fmt: skip


def listed(owned: QuerySet[Petition]) -> QuerySet[Petition]:
    """Return petitions with what the list shows of them and of their parties."""
    return owned.select_related("organization", "filer_organization", "filed_by").only(*SHOWN)


def rows(petitions: Sequence[Petition], replies: Mapping[UUID, ToReply], rounds: Iterable[Round]) -> list[Row]:
    """Return the list's rows for petitions of `listed`; `rounds` are those that were read already.

    At most two statements: for the other rounds, and for the answers of the petitions that are open.
    """
    known = {round.pk: round for round in rounds}
    for petition in petitions:
        if petition.round_id in known:
            petition.round = known[petition.round_id]
    prefetch_related_objects(petitions, "round")
    open_versions = PetitionVersion.objects.open()
    edited = [petition for petition in petitions if petition.status in EDITABLE]
    prefetch_related_objects(edited, Prefetch("versions", queryset=open_versions, to_attr="open_versions"))
    return [row_of(petition, replies.get(petition.pk)) for petition in petitions]


def row_of(petition: Petition, replies: ToReply | None = None) -> Row:
    """Return one petition with its stage in words, whose move it is, the next deadline, and its progress.

    `replies` are those that its owners may give now.
    """
    status = Status(petition.status)
    stage = stage_of(status, in_part=petition.in_part)
    deadline, what = next_deadline(petition)
    if replies:
        deadline, what = replies.by, "Reply by"
    return Row(
        petition=petition,
        stage=str(stage.label) if stage else str(status.label),
        move=_to_reply(replies.number) if replies else ASKED_OF_OWNERS.get(status, MOVE_OF[status]),
        yours=bool(replies) or status in EDITABLE,
        progress=_draft_progress(petition),
        deadline=deadline,
        deadline_of=what,
    )


def _to_reply(number: int) -> str:
    return f"You may reply to {number} response{'s' if number > 1 else ''}"


def to_reply_to(petition: Petition, at: datetime) -> list[Response]:
    """Return the posted responses to which the requester may reply now, the first deadline on top."""
    if petition.status not in COMMENTING:
        return []
    found = Response.objects.to_be_replied_to(at).filter(petition=petition)
    return list(found.order_by("reply_closes_at", "reference"))


def _draft_progress(petition: Petition) -> Progress | None:
    if petition.status not in EDITABLE:
        return None
    versions: list[PetitionVersion] = getattr(petition, "open_versions", [])
    if not is_sound(petition.round):
        return None  # its own page says why
    return progress(petition_form(petition.round), versions[0].answers if versions else {})


PARTIES = ("organization", "filer_organization", "filed_by")


def owned(
    user: User | AnonymousUser, petition_id: UUID, at: datetime, parties: Sequence[str] = PARTIES
) -> tuple[Petition, Standing] | None:
    """Return one petition that a person may work on at a moment, with its round and those parties, and what the person
    is to it; or None.

    One row by its key and then the person's standing cost a third of the join that finds all that a person owns.
    """
    petition = Petition.objects.select_related("round", *parties).filter(pk=petition_id).first()
    standing = standing_of(user, petition, at) if petition else None
    return (petition, standing) if petition and standing and standing.roles & OWNERS else None


def lapse_refusal_of(user: User, petition_id: UUID, at: datetime) -> str:
    """Return why the person's firm may no longer act on a petition that it began for a client; "" for all others."""
    mine = Organization.objects.filter(memberships__user=user.pk)
    parties = Petition.objects.select_related("organization", "filer_organization")
    begun = parties.filter(pk=petition_id, filer_organization__in=mine).first()
    return lapse_refusal(user, begun, at) if begun else ""


@dataclass(frozen=True)
class Party:
    """Somebody a person may file for: itself a member of the organization, or through a firm that it authorized."""

    organization: Organization
    firm: Organization | None = None

    @property
    def key(self) -> str:
        """How a form names the choice."""
        return f"{self.organization.pk}:{self.firm.pk if self.firm else ''}"

    @property
    def label(self) -> str:
        """How a person reads the choice."""
        if self.firm:
            return f"{self.organization.legal_name} (client of {self.firm.legal_name})"
        return self.organization.legal_name


def parties(user: User, at: datetime) -> list[Party]:
    """Return whom a person may file for at a moment: own organizations first, then clients, each in order of name."""
    mine = list(Organization.objects.filter(memberships__user=user).order_by("legal_name"))
    grants = (
        Authorization.objects.valid_on(eastern_date(at))
        .filter(filer__in=mine)
        .select_related("filer", "client")
        .order_by("client__legal_name")
    )
    clients = {(grant.client_id, grant.filer_id): Party(grant.client, grant.filer) for grant in grants}
    return [*(Party(organization) for organization in mine), *clients.values()]


def open_rounds(at: datetime) -> QuerySet[Round]:
    """Return the rounds in which a petition can be filed at a moment, the one that closes first on top.

    One that names a form or a legal factor that nobody knows is left out: its own page says why.
    """
    found = Round.objects.open_at(at).order_by("closes_at")
    broken = [round.pk for round in found if not is_sound(round)]
    return found.exclude(pk__in=broken) if broken else found


def letters(petition: Petition) -> QuerySet[Letter]:
    """Return the letters of a petition in the order of issue.

    `is_down` says of each whether it was taken down, `next_code` by which one it was superseded, if it was.
    """
    down = Quarantine.objects.filter(letter=OuterRef("pk"), restored_at__isnull=True)
    rows = Letter.objects.filter(petition=petition).annotate(is_down=Exists(down), next_code=F("superseded_by__code"))
    return rows.order_by("issued_at", "pk")


# What an owner may read of the record: the transitions that it is told of, and these.
SHOWN_EVENTS = {row.name: row.told for row in TRANSITIONS.values() if row.told} | {
    "start": "Draft begun",
    "hand_over": "Handed to a colleague",
    "attach": "Document attached",
    "remove": "Document removed",
    "post_response": "A response was posted",
    "reply": "Reply filed",
    "post_reply": "Your reply was posted",
    "refuse_reply": "Your reply was not posted",
    "quarantine": "Taken down from the public side",
    "replace": "Corrected file given",
    "correct": "Corrected text published",
    "restore": "Put back on the public side",
    "inquiry": "The agency asked a question",
    "answer_inquiry": "Question answered",
    "take_back_inquiry": "The agency took a question back",
    "lapse_inquiry": "A question was not answered in time",
    "reissue_letter": "A new version of a letter was issued",
    "correct_exclusion": "The exclusion was corrected, and its new version of the letter issued",
}
OF_FILES = frozenset({"attach", "remove"})
WITH_REASON = frozenset(
    {"return", "withdraw", "refuse_reply", "correct_exclusion", "reissue_letter", "reopen_decision"} | set(CLOSINGS)
)


@dataclass(frozen=True)
class Happening:
    """One line of the owner's timeline. `who` is "the agency" for its people; `file` the name of the file it is of."""

    words: str
    at: datetime
    who: str
    reason: str
    file: str = ""


def timeline(petition: Petition, files: Iterable[Document]) -> list[Happening]:
    """Return what happened to a petition as its owner may know it, oldest first; what is internal is left out.

    `files` are all of the petition, removed ones too: events name them.
    """
    names = {str(file.pk): file.file_name for file in files}
    return [happening(event, names) for event in own_events(petition)]


def own_events(petition: Petition) -> QuerySet[Event]:
    """Return the events of a petition of which its owner may know, oldest first."""
    events = Event.objects.filter(subject=f"petition:{petition.pk}", kind__in=SHOWN_EVENTS)
    return events.select_related("by").order_by("sequence")


def happening(event: Event, names: Mapping[str, str]) -> Happening:
    """Return an event as the owner of its petition reads it; `names` are those of the files, by their keys as texts."""
    return Happening(
        words=SHOWN_EVENTS[event.kind],
        at=event.at,
        who="" if event.by is None else "the agency" if event.by.role else str(event.by),
        reason=_reason(event) if event.kind in WITH_REASON else "",
        file=names.get(str(event.data.get("document")), "") if event.kind in OF_FILES else "",
    )


def _reason(event: Event) -> str:
    """Return the typed reason, after the coded one where there is one."""
    code = event.data.get("code", "") if event.kind == "refuse_reply" else ""
    why = str(Screening.ReasonCode(code).label) if code in Screening.ReasonCode.values else ""
    return f"{why.capitalize()}. {event.reason}" if why else event.reason


def replies_to_give_again(to_reply: Sequence[Response]) -> list[Reply]:
    """Return the last reply to each of the responses that wait for one, in their order: intake let none of them
    through, and another may be given now. No statement where none waits.
    """
    if not to_reply:
        return []
    withheld = Reply.objects.filter(response__in=to_reply).select_related("response", "screening")
    last = {reply.response_id: reply for reply in withheld.order_by("attempt")}
    return [last[response.pk] for response in to_reply if response.pk in last]


def return_reason(petition: Petition) -> str:
    """Return why the agency returned a petition that now awaits correction, or ""."""
    if petition.status != Status.RETURNED:
        return ""
    last = Event.objects.filter(subject=f"petition:{petition.pk}", kind="return").order_by("-sequence").first()
    return last.reason if last else ""
