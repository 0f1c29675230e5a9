"""Nothing that was typed is lost: whatever refused a form, the answer holds the text.

Most pages show a refused form again, filled in. Where the answer does not (a right was taken away meanwhile, the thing
is gone, a button's reason stood on a page of other things), what is missing of the text is put into the page, to be
copied or sent again. Here rather than in the views, so that no page can forget it.
"""

from collections.abc import Callable

from django.core.exceptions import BadRequest, SuspiciousOperation
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.http.response import HttpResponseBase
from django.template import loader
from django.utils.html import escape

from exclusions.views.core.resubmit import chosen, from_own_page, typed

END = b"</main>"
# Set by buttons and hidden inputs, never typed. Names of text fields are not among them (a test reads the templates).
TECHNICAL = (
    frozenset(
        {
            "act",
            "action",
            "add-row",
            "adopt",
            "answer",
            "answer_as",
            "argument",
            "back",
            "change",
            "cite",
            "confirmed",
            "contacts",
            "check",
            "write",
            "choose",
            "chosen",
            "columns_of",
            "decision",
            "draft",
            "drop",
            "end",
            "leak",
            "listed",
            "move-but",
            "next",
            "of_text",
            "text_hash",
            "onward",
            "part",
            "question",
            "role",
            "sort",
            "standing",
            "start",
            "status",
            "tag",
            "transition",
            "verb",
            "wanted",
            "which",
            "work",
            "zeros",
        }
    )
    | {"revision", "seen", "stated"}
    | {"action_add", "action_primary", "action_remove", "action_send"}  # the account library's
)


class KeepTypedMiddleware:
    """Puts into a refusal's page what was typed and is not on it, and the names of files that it does not name."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer as the view does, with what would be lost."""
        response = self._get_response(request)
        if request.method == "POST" and isinstance(response, HttpResponse) and _is_refusal(response, request):
            _add_what_is_missing(request, response)
        return response


def _is_refusal(response: HttpResponse, request: HttpRequest) -> bool:
    html = response.get("Content-Type", "").startswith("text/html")
    return html and 400 <= response.status_code < 500 and END in response.content and from_own_page(request)


def _add_what_is_missing(request: HttpRequest, response: HttpResponse) -> None:
    try:
        fields, files = typed(request), chosen(request)
    except (BadRequest, SuspiciousOperation, UnreadablePostError):
        return  # it could not even be read
    page = response.content.decode(response.charset)
    missing = [(name, text) for name, text in fields if name not in TECHNICAL and not _stands_in(page, text)]
    unnamed = [name for _, names in files for name in names if escape(name) not in page]
    if missing or unnamed:
        context = {"missing": [(_label_of(name), text) for name, text in missing], "files": unnamed}
        kept = loader.render_to_string("core/keep_typed.html", context)
        before, _, after = page.rpartition(END.decode())
        response.content = f"{before}{kept}{END.decode()}{after}"
        if response.has_header("Content-Length"):
            response["Content-Length"] = str(len(response.content))


def _stands_in(page: str, text: str) -> bool:
    """Whether the page holds a text, as it was typed or with its line ends made one."""
    return not text.strip() or escape(text) in page or escape(text.replace("\r\n", "\n").strip()) in page


def _label_of(name: str) -> str:
    """Return the label of a field: "Grant rationale" for `grant-rationale`."""
    return name.replace("-", " ").replace("_", " ").capitalize()
