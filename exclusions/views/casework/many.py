"""Acts on chosen cases of a list: done to all of them, or to none, and then each one that refuses says why."""

from collections.abc import Callable, Sequence

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from exclusions.actions.casework import many
from exclusions.actions.casework.many import Chosen
from exclusions.errors import Incomplete, SomeRefused
from exclusions.models import Petition, User
from exclusions.queries.casework.acts import ASSIGNED, simple_transitions
from exclusions.views.core.clock import moment
from exclusions.views.core.posted_fields import sent_number
from exclusions.views.core.refusals import Attempt
from exclusions.views.core.signed_in import SignedInRequest, signed_in

Act = Callable[[SignedInRequest, Sequence[Chosen]], tuple[str, list[Petition]]]
NOT_AGAIN = frozenset({"csrfmiddlewaretoken", "chosen"})
TYPED = frozenset({"reason"})


@signed_in
@require_POST
def many_cases(request: SignedInRequest) -> HttpResponse:
    """Do one act to the chosen cases, and go back to the list; where some refuse, say which and offer the rest."""
    if request.user.role not in ASSIGNED:
        raise PermissionDenied("This is for the agency staff who work petitions.")
    chosen = chosen_cases(request.POST.getlist("chosen"))
    back = own_page(request, reverse("review"))
    attempt = Attempt()
    with attempt:
        said, done = _act(request)(request, chosen)
        messages.success(request, f"{said}: {len(done)} case{'' if len(done) == 1 else 's'}.")
        return redirect(back)
    return _refused_page(request, attempt, back)


def chosen_cases(values: Sequence[str]) -> list[Chosen]:
    """Return what the boxes of `_components/select_box.html` sent: reference and status as the page showed them."""
    parts = (value.rpartition(":") if ":" in value else (value, "", "") for value in values)
    return [Chosen(reference, status) for reference, _, status in parts]


def own_page(request: SignedInRequest, otherwise: str) -> str:
    """Return the page of ours that the form names as the one to go back to."""
    back = request.POST.get("back", "")
    return back if back and url_has_allowed_host_and_scheme(back, allowed_hosts=None) else otherwise


def _act(request: SignedInRequest) -> Act:
    name = request.POST.get("act", "")
    if name.startswith("move-") and name.removeprefix("move-") in simple_transitions(request.user.role):
        return _move
    if name not in ACTS:
        raise Incomplete("Choose what to do with the cases.")
    return ACTS[name]


def _take(request: SignedInRequest, chosen: Sequence[Chosen]) -> tuple[str, list[Petition]]:
    return "Yours now", many.take_many(chosen, by=request.user, at=moment(request))


def _release(request: SignedInRequest, chosen: Sequence[Chosen]) -> tuple[str, list[Petition]]:
    return "Back on the worklist", many.release_many(chosen, by=request.user, at=moment(request))


def _assign(request: SignedInRequest, chosen: Sequence[Chosen]) -> tuple[str, list[Petition]]:
    key = sent_number(request, "to")
    to = User.objects.filter(pk=key, is_active=True).first() if key is not None else None
    if to is None:
        raise Incomplete("Choose a colleague.")
    reason = request.POST.get("reason", "")
    done = many.assign_many(chosen, to=to, by=request.user, at=moment(request), reason=reason)
    return f"Assigned to {to}", done


def _tag(request: SignedInRequest, chosen: Sequence[Chosen]) -> tuple[str, list[Petition]]:
    key, put = sent_number(request, "tag"), request.POST["act"] == "tag"
    if key is None:
        raise Incomplete("Choose a tag.")
    done = many.tag_many(chosen, key, put=put, by=request.user, at=moment(request))
    return "Tagged" if put else "No longer tagged", done


def _move(request: SignedInRequest, chosen: Sequence[Chosen]) -> tuple[str, list[Petition]]:
    name = request.POST["act"].removeprefix("move-")
    label = simple_transitions(request.user.role)[name]
    return f"{label}, done", many.move_many(chosen, name, by=request.user, at=moment(request))


ACTS: dict[str, Act] = {"take": _take, "release": _release, "assign": _assign, "tag": _tag, "untag": _tag}


def _refused_page(request: SignedInRequest, attempt: Attempt, back: str) -> HttpResponse:
    """Say which cases refuse and why; hold everything that was sent, so that the others can be sent again."""
    rows = attempt.refused.rows if isinstance(attempt.refused, SomeRefused) else {}
    values = request.POST.getlist("chosen")
    fields = [(name, value) for name, found in request.POST.lists() if name not in NOT_AGAIN for value in found]
    context = {
        "rows": [(value, _reference(value), rows[_reference(value)]) for value in values if _reference(value) in rows],
        "reasons": [] if rows else attempt.reasons,
        "rest": [value for value in values if _reference(value) not in rows] if rows else values,
        "fields": [pair for pair in fields if pair[0] not in TYPED],
        "reason": request.POST.get("reason", ""),
        "back": back,
        "posted": back,
    }
    return render(request, "casework/many.html", context, status=attempt.status)


def _reference(value: str) -> str:
    return value.rpartition(":")[0] or value
