"""What every page does whose form proposes an act of two persons."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from exclusions.actions.people import proposals
from exclusions.forms.people.proposals import ActForm
from exclusions.views.core.clock import moment
from exclusions.views.core.refusals import Attempt
from exclusions.views.core.signed_in import SignedInRequest

PROPOSED = "Proposed. Nothing has changed yet. Another member of staff must confirm it."


def propose_or_show(
    request: SignedInRequest,
    form: ActForm,
    act: str,
    key: Any,
    page: tuple[str, dict[str, Any]],
    *,
    facts: Mapping[str, Any] | None = None,
) -> HttpResponse:
    """Propose what a valid form says and lead to the proposal; else answer with the page, the form and why not.

    `key` is of what the act is done to; `page` is a template and its context; `facts` what the act needs beside what
    the form holds.
    """
    attempt = Attempt(form)
    if form.is_valid():
        with attempt:
            made = proposals.propose(
                act,
                key,
                facts={**(facts or {}), **form.facts()},
                reason=form.cleaned_data["reason"],
                by=request.user,
                at=moment(request),
            )
            messages.success(request, PROPOSED)
            return redirect("proposal", made.pk)
    template, context = page
    return render(request, template, {**context, "form": form}, status=attempt.status)
