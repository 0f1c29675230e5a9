"""What a refusal becomes on a page. The one place where views meet `ActionRefused`.

On a form (or, without one, as the `reasons` of the page); the page is answered with the refusal's own status:

    attempt = Attempt(form)
    if form.is_valid():
        with attempt:
            thing = actions.do(...)
            return redirect(...)
    return render(request, "page.html", {"form": form}, status=attempt.status)

Where the form stands on a page of other things, a page of its own says it, with what was typed:

    pressed = Pressed(request, reason="Reason")
    with pressed:
        actions.do(...)
        messages.success(...)
    return pressed.answer(redirect(...))
"""

from types import TracebackType
from typing import Self

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from exclusions.errors import ActionRefused, Repeats
from exclusions.forms.whole_form import WholeForm
from exclusions.gateways.observed.refusals import tell
from exclusions.views.core.resubmit import typed


def place(form: forms.BaseForm, refused: ActionRefused) -> None:
    """Put a refusal's sentences beside the fields that they name, and the others on top of the form."""
    beside = {field: said for field, said in refused.fields.items() if field in form.fields}
    for field, said in beside.items():
        form.add_error(field, list(said))
    placed = {sentence for said in beside.values() for sentence in said}
    for sentence in refused.sentences:
        if sentence not in placed:
            form.add_error(None, sentence)


class Attempt:
    """An attempt at an action: the `with` block ends where the action is refused, and nothing is lost of why."""

    def __init__(self, form: forms.BaseForm | None = None) -> None:
        self.form = form
        self.refused: ActionRefused | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> bool:
        """Keep a refusal, and show it; every other exception goes on."""
        if not isinstance(error, ActionRefused):
            return False
        self.refused = error
        tell(error)
        self._show(error)
        return True

    def _show(self, refused: ActionRefused) -> None:
        if self.form is not None:
            place(self.form, refused)

    def show_on(self, page: WholeForm) -> None:
        """Show the refusal, if there is one, on a page that holds a whole questionnaire."""
        if self.refused is not None:
            page.refuse(self.refused.reasons, self.refused.fields)
            page.asked = self.refused.asked if isinstance(self.refused, Repeats) else {}

    @property
    def reasons(self) -> list[str]:
        """All that the refusal says; empty as long as nothing is refused."""
        return self.refused.sentences if self.refused else []

    @property
    def status(self) -> int:
        """The status of the page that shows the form again: the refusal's own, 422 for what the form itself found."""
        if self.refused is not None:
            return self.refused.status
        return 422 if self.form is not None and self.form.errors else 200


class Pressed(Attempt):
    """An attempt of a button, or of a small form on a page of other things: refused, it has a page that says why.

    `texts` are the names of what is typed for it, with their labels: that page holds them, to be sent again.
    """

    def __init__(self, request: HttpRequest, **texts: str) -> None:
        super().__init__()
        self._request = request
        self._texts = texts

    def answer(self, done: HttpResponseRedirect) -> HttpResponse:
        """Return where to go on once it is done; where it was refused, the page that says why and leads back there."""
        if self.refused is None:
            return done
        sent = self._request.POST
        context = {
            "reasons": self.reasons,
            "texts": [(name, label, sent.get(name, "")) for name, label in self._texts.items()],
            "hidden": [(name, text) for name, text in typed(self._request) if name not in self._texts],
            "action": self._request.get_full_path(),
            "back": done.url,
            "posted": done.url,
        }
        return render(self._request, "core/refused.html", context, status=self.status)
