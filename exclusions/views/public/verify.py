"""Whether a letter is genuine."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from exclusions.queries.public.letters import issued_letter, normal_code


@require_safe
def verify(request: HttpRequest) -> HttpResponse:
    """Ask for the verification code of a letter, and go to its page."""
    code = normal_code(request.GET.get("code", ""))
    if code:
        return redirect("verify-letter", code=code)
    return render(request, "public/verify/ask.html")


@require_safe
def verify_letter(request: HttpRequest, code: str) -> HttpResponse:
    """Show what was issued under a code, or answer 404 with what to check."""
    letter = issued_letter(code)
    return render(request, "public/verify/letter.html", {"letter": letter}, status=200 if letter else 404)
