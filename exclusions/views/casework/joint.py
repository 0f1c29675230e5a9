"""What a desk does for many cases of a cluster: a form, what will be done for whom, and then the act."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from exclusions import criteria
from exclusions.actions.casework.joint import Chosen, act_jointly
from exclusions.errors import SomeRefused
from exclusions.facts.forms import question_numbers
from exclusions.forms.casework.joint import JointAnswerForm, JointConsistencyForm, JointFindingsForm, JointTakeForm
from exclusions.forms.casework.recommendation import RecommendationForm
from exclusions.forms.casework.review import AssessmentForm, LegalReviewForm, ProductTextForm
from exclusions.forms.decisions import DenyForm, GrantForm
from exclusions.forms.meant import FIELD
from exclusions.forms.notices.partial_grants import GrantInPartForm
from exclusions.hts import dotted
from exclusions.models import Cluster, Outcome, User
from exclusions.permissions.conclusions import AS_WORDS, SIGNATORY, SIGNS, sentence_case
from exclusions.queries.casework.case.arguments_tab import standing_answers
from exclusions.queries.casework.clusters import joint_page as pages
from exclusions.views.casework.clusters import open_cluster
from exclusions.views.core.clock import moment
from exclusions.views.core.posted_fields import sent_number
from exclusions.views.core.refusals import Attempt
from exclusions.views.core.signed_in import SignedInRequest, signed_in
from exclusions.workflow.joint import JOINT, JointKind
from exclusions.workflow.roles import Role

NOT_AGAIN = frozenset({"csrfmiddlewaretoken", "confirmed", "change", "chosen", "revision", "confirms"})
# What is done with one press, for which there is nothing to enter.
AT_ONCE = {"take": "Take the chosen cases", "arguments": "Mark the chosen cases"}
SEVERAL = ("citations", "denial_codes", "like", "narrowing_codes")  # fields of several values
NOTHING_CHOSEN = "Tick the box of at least one case."


@dataclass(frozen=True)
class JointForm:
    """How a joint act is entered: its form, and what the action takes of what was sent."""

    make: Callable[[Any, pages.JointPage, User, Any], forms.Form]
    entered: Callable[[Any], Mapping[str, Any]]


def _cleaned(form: forms.Form) -> Mapping[str, Any]:
    return form.cleaned_data


def _findings(sent: Any, page: pages.JointPage, user: User, typed: Any) -> forms.Form:
    first = page.first
    asked = [criteria.get(key) for key in first.round.criteria] if first else []
    numbers, citable = (question_numbers(first.round), pages.citable_in(first)) if first else ({}, {})
    form = JointFindingsForm(sent, asked=asked, citable=citable, numbers=numbers)
    form.initial = typed
    return form


def _consistency(sent: Any, page: pages.JointPage, user: User, typed: Any) -> forms.Form:
    citable = pages.citable_in(page.first, whole=False) if page.first else {}
    return JointConsistencyForm(sent, citable=citable, initial=typed)


def _answer(sent: Any, page: pages.JointPage, user: User, typed: Any) -> forms.Form:
    like = [(one.key, one.line) for one in pages.like_arguments(page)]
    return JointAnswerForm(sent, like=like, standing=standing_answers(), initial=typed)


def _recommendation(sent: Any, page: pages.JointPage, user: User, typed: Any) -> forms.Form:
    level = 2 if user.role == Role.REVIEWER2 else 1
    form = RecommendationForm(sent, level=level, initial=typed or pages.codes_before(page))
    if page.first and pages.like_figures(page, user):
        form.offer_questions(pages.citable_in(page.first, whole=False))
    else:
        form.without_unlike()
    return form


def _legal(sent: Any, page: pages.JointPage, user: User, typed: Any) -> forms.Form:
    return LegalReviewForm(sent, initial=typed or pages.codes_before(page))


def _text(sent: Any, page: pages.JointPage, user: User, typed: Any) -> forms.Form:
    number = {"number": dotted(page.first.hts10)} if page.first else {}
    return ProductTextForm(sent, initial=typed or number)


def _grant(sent: Any, page: pages.JointPage, user: User, typed: Any) -> forms.Form:
    return GrantForm(sent, initial=typed, needs=pages.needed_to_sign(page, Outcome.GRANT))


def _grant_in_part(sent: Any, page: pages.JointPage, user: User, typed: Any) -> forms.Form:
    return GrantInPartForm(sent, initial=typed, needs=pages.needed_to_sign(page, Outcome.IN_PART))


def _deny(sent: Any, page: pages.JointPage, user: User, typed: Any) -> forms.Form:
    needs, alone = pages.needed_to_sign(page, Outcome.DENY), ", ".join(pages.codes_alone(page))
    return DenyForm(sent, initial=typed or pages.codes_of_counsel(page), needs=needs, alone=alone)


FORMS: Mapping[str, JointForm] = {
    "take": JointForm(lambda sent, page, user, typed: JointTakeForm(sent), lambda form: {}),
    "findings": JointForm(_findings, lambda form: {"findings": form.findings}),
    "arguments": JointForm(lambda sent, page, user, typed: forms.Form(sent), lambda form: {}),
    "argument_answer": JointForm(_answer, _cleaned),
    "recommendation": JointForm(_recommendation, _cleaned),
    "consistency": JointForm(
        _consistency,
        lambda form: {
            **{name: form.cleaned_data[name] for name in ("reasons", "distinctions", "ours", "theirs", "departs")},
            "compared_with": form.compared_with,
        },
    ),
    "legal_review": JointForm(_legal, _cleaned),
    "product_text": JointForm(_text, _cleaned),
    "assessment": JointForm(lambda sent, page, user, typed: AssessmentForm(sent, initial=typed), _cleaned),
    "grant": JointForm(_grant, lambda form: form.entered),
    "grant_in_part": JointForm(_grant_in_part, lambda form: form.entered),
    "deny": JointForm(_deny, lambda form: form.entered),
}


@signed_in
@require_http_methods(["GET", "POST"])
def joint(request: SignedInRequest, key: int, kind: str) -> HttpResponse:
    """Enter what is done for many cases; show what will be done for whom; then do it for all of them or for none."""
    cluster = open_cluster(request, key)
    row = JOINT.get(kind)
    if row is None or not row.places:
        raise Http404
    if request.user.role not in row.places:
        raise PermissionDenied(f"“{row.label}” is for {' or '.join(sorted(role.one for role in row.places))}.")
    page = pages.joint_page(cluster, row, request.user, moment(request))
    sends = request.method == "POST" and "change" not in request.POST
    form = FORMS[kind].make(request.POST if sends else None, page, request.user, _typed(request))
    attempt = Attempt(form)
    if sends and form.is_valid():
        chosen = _chosen(request)
        with attempt:
            entered = {**FORMS[kind].entered(form), **_stated(request, row)}
            if not chosen:
                form.add_error(None, NOTHING_CHOSEN)
            elif "confirmed" not in request.POST:
                return _preview(request, cluster, row, page, form)
            else:
                return _act(request, cluster, row, chosen, entered)
        if isinstance(attempt.refused, SomeRefused):
            return _some_refused(request, cluster, row, attempt.refused, attempt.status)
    return _form_page(request, cluster, row, page, form, attempt)


def _act(
    request: SignedInRequest, cluster: Cluster, row: JointKind, chosen: list[Chosen], entered: Mapping[str, Any]
) -> HttpResponse:
    revision = sent_number(request, "revision")
    act_jointly(
        cluster,
        row.name,
        chosen=chosen,
        entered=entered,
        revision=-1 if revision is None else revision,
        by=request.user,
        at=moment(request),
    )
    many = f"{len(chosen)} case{'' if len(chosen) == 1 else 's'} {row.done}."
    letters = " Their letters are issued. The PDFs follow." if row.name in SIGNS else ""
    messages.success(request, f"{many}{letters}")
    return redirect("cluster", cluster.pk)


def _stated(request: SignedInRequest, row: JointKind) -> dict[str, Any]:
    """Return what the preview asks, once for all of them."""
    confirms = {"confirms": True} if request.POST.get("confirms") else {}
    return confirms | ({"contacts": request.POST.get("contacts", "")} if row.name in SIGNS else {})


def _chosen(request: SignedInRequest) -> list[Chosen]:
    """Return what the boxes sent: reference and last event as the page showed them."""
    found = []
    for value in request.POST.getlist("chosen"):
        reference, _, seen = value.rpartition(":")
        found.append(Chosen(reference or value, int(seen) if reference and seen.isdecimal() else -1))
    return found


def _typed(request: SignedInRequest) -> dict[str, Any]:
    """Return what was typed, for a form that is to be changed again."""
    if "change" not in request.POST:
        return {}
    found: dict[str, Any] = {}
    for name, values in request.POST.lists():
        plain = name.removeprefix("grant-").removeprefix("grant_in_part-").removeprefix("deny-")
        if name not in NOT_AGAIN and not name.endswith(FIELD):  # what is changed is asked about anew
            found[plain] = values if name.endswith(SEVERAL) else values[-1]
    return found


def _sent(request: SignedInRequest) -> list[tuple[str, str]]:
    return [(name, value) for name, values in request.POST.lists() for value in values if name not in NOT_AGAIN]


def _revision(request: SignedInRequest, cluster: Cluster) -> int:
    sent = sent_number(request, "revision")
    return cluster.revision if sent is None else sent


def _preview(
    request: SignedInRequest, cluster: Cluster, row: JointKind, page: pages.JointPage, form: forms.Form
) -> HttpResponse:
    values = set(request.POST.getlist("chosen"))
    references = {value.rpartition(":")[0] for value in values}
    chosen = [line for line in page.lines if line.petition.reference in references]
    context = {
        "cluster": cluster,
        "row": row,
        "chosen": chosen,
        "values": request.POST.getlist("chosen"),
        "left_out": [line for line in page.lines if line.petition.reference not in references],
        "entered": [(bound.label, _entered_text(bound)) for bound in form.visible_fields() if _entered_text(bound)],
        "sent": _sent(request),
        "revision": _revision(request, cluster),
        "signs": row.name in SIGNS,
        "departing": pages.departing(chosen) if row.name in SIGNS or row.name == "legal_review" else [],
    }
    return render(request, "casework/joint/preview.html", context)


def _entered_text(bound: Any) -> str:
    """Return what was entered in a field, a choice by its label."""
    value = bound.form.cleaned_data.get(bound.name)
    if isinstance(bound.field, forms.ChoiceField):
        known = {
            str(key): str(words) for key, words in bound.field.widget.choices if not isinstance(words, list | tuple)
        }
        values = value if isinstance(value, list) else [value]
        return "; ".join(known.get(str(one), str(one)) for one in values if one)
    return ("Yes" if value else "") if isinstance(value, bool) else str(value or "")


def _some_refused(
    request: SignedInRequest, cluster: Cluster, row: JointKind, refused: SomeRefused, status: int
) -> HttpResponse:
    """Say which cases cannot go with the rest now, and offer to go on with the others."""
    values = request.POST.getlist("chosen")
    context = {
        "cluster": cluster,
        "row": row,
        "rows": list(refused.rows.items()),
        "rest": [value for value in values if value.rpartition(":")[0] not in refused.rows],
        "sent": _sent(request),
        "revision": _revision(request, cluster),
    }
    return render(request, "casework/joint/refused.html", context, status=status)


def _form_page(
    request: SignedInRequest,
    cluster: Cluster,
    row: JointKind,
    page: pages.JointPage,
    form: forms.Form,
    attempt: Attempt,
) -> HttpResponse:
    sent = {value.rpartition(":")[0] for value in request.POST.getlist("chosen")}
    recommended = pages.before_them(page, SIGNATORY) if row.name in SIGNS else None
    context = {
        "cluster": cluster,
        "row": row,
        "page": page,
        "form": form,
        "chosen": sent if request.method == "POST" else {line.petition.reference for line in page.ready},
        "recommended": _recommended(recommended),
        "departs": bool(recommended) and recommended is not None and recommended.outcome != SIGNS.get(row.name),
        "adverse": pages.adverse_to_them(page) if row.name in ("grant", "grant_in_part") else [],
        "findings": pages.findings_of(page) if row.name != "take" else [],
        "figures": pages.like_figures(page, request.user) if row.name != "take" else [],
        "is_text": row.name == "product_text",
        "at_once": AT_ONCE.get(row.name, ""),
        "argued": pages.argued_in(page) if row.name == "arguments" else [],
    }
    return render(request, "casework/joint/form.html", context, status=attempt.status)


def _recommended(made: Any) -> str:
    if made is None:
        return ""
    return f"{sentence_case(pages.who_concluded(made))} concluded for {AS_WORDS[Outcome(made.outcome)]}."
