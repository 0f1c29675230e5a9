"""The transitions of the staff by program: an address each, made from the table of the workflow."""

from collections.abc import Callable, Mapping
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.exceptions import NotFound, ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from exclusions.actions import transitions
from exclusions.actions.review.screenings import withhold
from exclusions.api.cases.opened import OF_CASE, WRITE, OfCase, opened_case
from exclusions.api.idempotency import PARAMETER, once
from exclusions.api.output import TableOutput
from exclusions.api.petitions.drafts import BODY
from exclusions.errors import NotPermitted
from exclusions.facts.forms import petition_form
from exclusions.forms.decisions import PostForm, ReturnForm
from exclusions.models import Petition, Screening
from exclusions.permissions import refusal
from exclusions.permissions.cures import MOST_POINTS
from exclusions.queries.casework.clusters.side_by_side import side_by_side
from exclusions.queries.public.rounds import cure_deadline
from exclusions.workflow.deadlines import eastern_date
from exclusions.workflow.states import Status
from exclusions.workflow.transitions import CLOSINGS, TRANSITIONS

SIGNS = "A person signs this on the page."
# A signature, what is made public by one, and either half of what two persons do.
BY_A_PERSON = frozenset({"grant", "grant_in_part", "deny", "publish", "reopen_decision", "undo_publication", *CLOSINGS})
NOT_LIKE = "These two cases are not like ones. Choose a case that stands among its like cases."
TOO_MANY = f"Name at most {MOST_POINTS} questions in one return."


class WithReasonInput(serializers.Serializer[Any]):
    """Why, for the record."""

    reason = serializers.CharField(
        required=False, default="", allow_blank=True, help_text="what in the record shows it; goes on the record"
    )


class PointInput(serializers.Serializer[Any]):
    """One question that needs correction."""

    question = serializers.CharField(max_length=60, allow_blank=True, help_text="its key in the round’s questionnaire")
    remedy = serializers.CharField(max_length=1000, allow_blank=True, help_text="what the filer must do about it")


class ReturnInput(serializers.Serializer[Any]):
    """What is to be corrected, and until when."""

    points = PointInput(many=True, help_text=f"at most {MOST_POINTS}")
    last_day = serializers.DateField(help_text="the whole day counts, in New York")


class PostInput(serializers.Serializer[Any]):
    """What the clerk states."""

    screened = serializers.BooleanField(
        help_text="that you read the public version, and that it holds nothing that should stay confidential"
    )


class BesideInput(WithReasonInput):
    """Beside which like case it is returned, and why."""

    beside = serializers.CharField(max_length=40, help_text="reference of the like case that stays")


INPUTS: Mapping[str, type[serializers.Serializer[Any]]] = {
    "return": ReturnInput,
    "post": PostInput,
    "return_alike": BesideInput,
}


class MovedOutput(TableOutput[Petition]):
    """A case after a transition."""

    reference = serializers.CharField()
    status = serializers.CharField()
    status_label = serializers.CharField(source="get_status_display")

    class Meta:
        model = Petition
        fields = ("reference", "status", "status_label", "status_since")


class TakeTransition(OfCase):
    """A transition of a case, taken by the token's person."""

    serializer_class = MovedOutput
    scopes = {"POST": WRITE}
    made_never = True
    transition = ""

    def take(self, request: Request) -> Response:
        """Take the transition and return the case as it is then. Raises what its page refuses."""
        petition, _ = self.opened()
        if self.transition in BY_A_PERSON:
            raise refusal(self.transition, petition, self.person, self.at) or NotPermitted(SIGNS)
        asked = input_of(self.transition)
        sent: Mapping[str, Any] = {}
        if asked:
            body = asked(data=request.data)
            body.is_valid(raise_exception=True)
            sent = body.validated_data
        entered = OWN.get(self.transition, _reason_alone)(self, petition, sent)
        if entered is not None:
            reason = str(entered.pop("reason", ""))
            transitions.take(petition, self.transition, by=self.person, at=self.at, reason=reason, data=entered)
        return Response(MovedOutput(Petition.objects.get(pk=petition.pk)).data)


Entered = dict[str, Any] | None  # what the action takes; None: it was done already


def _reason_alone(view: TakeTransition, petition: Petition, sent: Mapping[str, Any]) -> Entered:
    return {"reason": sent.get("reason", "")}


def _return(view: TakeTransition, petition: Petition, sent: Mapping[str, Any]) -> Entered:
    """Judge the points by the form of the page, which is about its rows."""
    if len(sent["points"]) > MOST_POINTS:
        raise ValidationError({"points": [TOO_MANY]})
    typed: dict[str, Any] = {"last_day": sent["last_day"]}
    for row, point in enumerate(sent["points"], 1):
        typed |= {f"question_{row}": point["question"], f"remedy_{row}": point["remedy"]}
    default = eastern_date(cure_deadline(petition.round, view.at))
    form = ReturnForm(typed, questionnaire=petition_form(petition.round), default=default)
    if not form.is_valid():
        wrong = {name: [*map(str, said)] for name, said in form.errors.items()}
        points = [
            {part: said for part in ("question", "remedy") if (said := wrong.pop(f"{part}_{row}", None))}
            for row in range(1, len(sent["points"]) + 1)
        ]
        raise ValidationError({**wrong, **({"points": points} if any(points) else {})})
    return {"points": form.points, "last_day": form.cleaned_data["last_day"]}


def _post(view: TakeTransition, petition: Petition, sent: Mapping[str, Any]) -> Entered:
    form = PostForm({"screened": "on"} if sent["screened"] else {})
    if not form.is_valid():
        raise ValidationError({name: [*map(str, said)] for name, said in form.errors.items()})
    return {"screened": form.cleaned_data["screened"]}


def _return_alike(view: TakeTransition, petition: Petition, sent: Mapping[str, Any]) -> Entered:
    """Open the other case as its page does, and ask whether the two are like."""
    if refused := refusal("return_alike", petition, view.person, view.at):
        raise refused
    other, _ = opened_case(sent["beside"], view.person)
    if side_by_side(petition, other, view.person, view.at) is None:
        raise NotFound(NOT_LIKE)
    return {"reason": sent["reason"], "beside": str(other.reference)}


def _withhold_text(view: TakeTransition, petition: Petition, sent: Mapping[str, Any]) -> Entered:
    """Withhold the text that waits for intake, as the page of waiting words does: the case moves with it."""
    waiting = Screening.objects.filter(draft__petition=petition, outcome=Screening.Outcome.WAITS)
    found = waiting.select_related("petition__round", "draft").order_by("-pk").first()
    if found is None or petition.status != Status.CUSTOMS:
        return {"reason": sent["reason"]}
    withhold(found, reason=sent["reason"], by=view.person, at=view.at)
    return None


OWN: Mapping[str, Callable[[TakeTransition, Petition, Mapping[str, Any]], Entered]] = {
    "return": _return,
    "post": _post,
    "return_alike": _return_alike,
    "withhold_text": _withhold_text,
}


def input_of(name: str) -> type[serializers.Serializer[Any]] | None:
    """Return the body that a transition takes; None: it takes none."""
    if name in BY_A_PERSON:
        return None
    return INPUTS.get(name) or (WithReasonInput if TRANSITIONS[name].needs_reason else None)


def endpoint(name: str) -> type[TakeTransition]:
    """Return the view of a transition of the table."""
    row, asked = TRANSITIONS[name], input_of(name)
    roles = " or ".join(sorted(role.one for role in row.roles))

    def post(self: TakeTransition, request: Request, *args: Any, **kwargs: Any) -> Response:
        return once(request, lambda: self.take(request), at=self.at)

    post.__doc__ = f"“{row.label}”, which is for {roles}. Return the case as it is then.\n\n" + (
        f"It answers why not, or 403: “{SIGNS}”" if name in BY_A_PERSON else "It refuses as the page does."
    )
    wrong = BODY if asked else {422: BODY[422]}
    members = {
        "__doc__": f"{row.label}.",
        "transition": name,
        "more_refusals": {"POST": {**wrong, 409: "The case is in another state, or changed meanwhile"}},
        "refusals": OF_CASE,
        "post": extend_schema(operation_id=f"cases_{name}", request=asked, parameters=[PARAMETER])(post),
    }
    return type(f"Take{name.title().replace('_', '')}", (TakeTransition,), members)


ENDPOINTS: dict[str, type[TakeTransition]] = {name: endpoint(name) for name in transitions.staff_transitions()}
