"""Whether a letter is genuine, and whether the record is the one that somebody knew."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from exclusions.queries.public.anchors import anchor_lines, latest_anchors
from exclusions.queries.public.letters import issued_letter, normal_code


@require_safe
def verify(request: HttpRequest) -> HttpResponse:
    """Ask for the verification code of a letter, and go to its page; show the digests of the last days."""
    code = normal_code(request.GET.get("code", ""))
    if code:
        return redirect("verify-letter", code=code)
    blank = "code" in request.GET
    context = {"anchors": latest_anchors(), "blank": blank}
    return render(request, "public/verify/ask.html", context, status=400 if blank else 200)


@require_safe
def anchors_as_text(request: HttpRequest) -> HttpResponse:
    """Give every day's digest as plain text, a line each: day, digest, number of the last seal."""
    return HttpResponse("".join(anchor_lines()), content_type="text/plain; charset=utf-8")


@require_safe
def verify_letter(request: HttpRequest, code: str) -> HttpResponse:
    """Show what was issued under a code, or answer 404 with what to check."""
    letter = issued_letter(code)
    return render(request, "public/verify/letter.html", {"letter": letter}, status=200 if letter else 404)
