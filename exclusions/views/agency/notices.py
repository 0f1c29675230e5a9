"""The publisher's page: granted cases of a list go out under a Federal Register notice, once its effect was seen."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from exclusions.actions.decision.notices import Effect, Notice, effects, publish_notice
from exclusions.forms.decisions import NoticeForm
from exclusions.queries.agency.notices import Change, change, exclusions_of, heading_choices
from exclusions.queries.agency.short_worklists import granted_cases, terms_to_end
from exclusions.views.agency.desk import open_to
from exclusions.views.frame.moment import moment
from exclusions.views.frame.refusals import Attempt
from exclusions.views.frame.signed_in import SignedInRequest, signed_in
from exclusions.workflow.deadlines import eastern_date
from exclusions.workflow.roles import Role

NOT_AGAIN = frozenset({"csrfmiddlewaretoken", "change"})


@signed_in
@require_http_methods(["GET", "POST"])
def notices(request: SignedInRequest) -> HttpResponse:
    """List the granted cases whose notice is pending; show what a notice of the chosen ones changes; publish them."""
    open_to(Role.PUBLISHER, request, "This page is for the publisher of notices.")
    by, at = request.user, moment(request)
    cases = list(granted_cases(by))
    headings = heading_choices(cases, eastern_date(at))
    changed = "change" in request.POST
    sent = request.POST if request.method == "POST" and not changed else None
    typed = {**request.POST.dict(), "cases": request.POST.getlist("cases")} if changed else {}
    form = NoticeForm(sent, cases=cases, headings=headings, initial=typed)
    attempt = Attempt(form)
    if sent is not None and form.is_valid():
        entered = dict(form.cleaned_data)
        chosen, confirmed = set(entered.pop("cases")), entered.pop("confirmed")
        of_it = [case for case in cases if case.reference in chosen]
        with attempt:
            if not confirmed:
                return _confirm_page(request, Notice(**entered), effects(of_it, Notice(**entered), by=by, at=at))
            done = publish_notice(of_it, Notice(**entered), by=by, at=at)
            cases_word = "case" if len(done) == 1 else "cases"
            messages.success(request, f"Published: {len(done)} {cases_word} under {entered['citation']}.")
            return redirect("notices")
    context = {"form": form, "cases": cases, "exclusions": exclusions_of(cases), "now": at}
    context["to_end"] = terms_to_end(eastern_date(at))
    return render(request, "agency/notices/list.html", context, status=attempt.status)


def _confirm_page(request: SignedInRequest, notice: Notice, found: list[Effect]) -> HttpResponse:
    """What the notice changes for importers, with all that was entered, to be published or changed."""
    context = {
        "changes": _changes(found),
        "cases": len(found),
        "action": found[0].action,
        "notice": notice,
        "sent": [(key, value) for key, values in request.POST.lists() for value in values if key not in NOT_AGAIN],
    }
    return render(request, "agency/notices/confirm.html", context)


def _changes(found: list[Effect]) -> list[Change]:
    """One change an exclusion, with the references of its cases."""
    by_exclusion: dict[int, list[Effect]] = {}
    for effect in found:
        by_exclusion.setdefault(effect.exclusion.pk, []).append(effect)
    return [
        change(
            first.exclusion,
            [str(effect.petition.reference) for effect in of_it],
            first.text,
            first.heading,
            (first.days.starts_on, first.days.ends_on),
            joins=first.waits is None,
        )
        for of_it in by_exclusion.values()
        for first in of_it[:1]
    ]
