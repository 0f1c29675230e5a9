"""Which mail a person gets: of staff the digest and alerts, of who files whether it is joined once a day."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.forms import model_to_dict
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from exclusions.actions import joined_mail
from exclusions.actions.casework import staff_mail
from exclusions.forms.casework.staff_mail import MailForm
from exclusions.forms.people.mail import JoinedForm
from exclusions.views.core.clock import moment
from exclusions.views.core.signed_in import SignedInRequest, signed_in


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def settings(request: SignedInRequest) -> HttpResponse:
    """Let a person choose which mail to get."""
    kind: type[forms.Form] = MailForm if request.user.role else JoinedForm
    choose: Callable[..., Any] = staff_mail.choose if request.user.role else joined_mail.choose
    sent = request.POST if request.method == "POST" else None
    form = kind(sent, initial=model_to_dict(staff_mail.choice_of(request.user)))
    if form.is_valid():
        choose(request.user, **form.cleaned_data, by=request.user, at=moment(request))
        messages.success(request, _("Your choice is saved."))
        return redirect("mail-settings")
    return render(request, "people/mail/settings.html", {"form": form})
