"""The pages of the rounds: which are open, and the rules of one."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from exclusions.queries.public.round_facts import all_rounds, round_facts
from exclusions.queries.public.round_versions import versions
from exclusions.views.frame.moment import moment


@require_safe
def rounds(request: HttpRequest) -> HttpResponse:
    """Show every round: those open now first, then those to come, then the closed ones."""
    now = moment(request)
    return render(request, "public/rounds/list.html", {"rounds": all_rounds(now), "now": now})


@require_safe
def one_round(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one round: window, clocks, term of its exclusions, forms and legal factors."""
    now = moment(request)
    facts = round_facts(slug, now)
    if facts is None:
        raise Http404
    return render(request, "public/rounds/round.html", {"facts": facts, "round": facts.round, "now": now})


@require_safe
def round_versions(request: HttpRequest, slug: str) -> HttpResponse:
    """Show every version of a round, with what each changed, when, why and by which authority."""
    found = versions(slug)
    if not found:
        raise Http404
    return render(request, "public/rounds/versions.html", {"versions": found, "round": found[0].round})
