"""What a notice is written from, beside its rows: lists, procedures, and the headings that it adds to the schedule."""

from collections.abc import Iterable, Sequence
from datetime import date

from exclusions import hts
from exclusions.gateways.annex.facts import ListFacts, NewHeading, NoticeFacts, RoundFacts
from exclusions.gateways.annex.rows import GRANT, AnnexRow, subdivision_order
from exclusions.gateways.tariff.shipped_facts import exclusion_headings
from exclusions.models import ExclusionTerm, Round, TariffAction


def notice_facts(
    rows: Sequence[AnnexRow],
    rounds: Iterable[Round],
    *,
    citation: str = "",
    published_on: date | None = None,
    is_demo: bool = False,
) -> NoticeFacts:
    """Return the facts of a notice with these rows. Ask before its terms are written: what is new is not there yet."""
    actions = TariffAction.objects.filter(code__in={row.list_code for row in rows}).order_by("position", "code")
    return NoticeFacts(
        rows=tuple(rows),
        lists=tuple(ListFacts(action.code, action.name, action.citation) for action in actions),
        rounds=tuple(
            dict.fromkeys(
                RoundFacts(one.docket, one.title, one.citation, one.lists_exclusions)
                for one in sorted(rounds, key=_opened)
            )
        ),
        headings=tuple(_new_headings(rows)),
        requests=sum(row.requests for row in rows if row.kind == GRANT),
        citation=citation,
        published_on=published_on.isoformat() if published_on else "",
        is_demo=is_demo,
    )


def _opened(round: Round) -> tuple[str, str]:
    return (round.docket, round.slug)


def _new_headings(rows: Iterable[AnnexRow]) -> list[NewHeading]:
    """Return the headings of new paragraphs under which nothing has stood before, with what their duty headings
    except.
    """
    new: dict[tuple[str, str], list[AnnexRow]] = {}
    for row in rows:
        if row.is_new_paragraph:
            new.setdefault((row.heading, row.note), []).append(row)
    plain = {heading.replace(".", "") for heading, _ in new}
    printed = ExclusionTerm.versions.filter(heading__in=plain).exclude(status=ExclusionTerm.Status.PENDING)
    known = {hts.dotted(heading) for heading in [*printed.values_list("heading", flat=True), *exclusion_headings()]}
    excepted = _excepted({row.list_code for of_it in new.values() for row in of_it})
    found = []
    for (heading, note), of_it in sorted(new.items(), key=lambda pair: (pair[0][0], subdivision_order(pair[0][1]))):
        if heading in known:
            continue
        code, days = of_it[0].list_code, {(row.starts_on, row.ends_on) for row in of_it}
        starts_on, ends_on = next(iter(days)) if len(days) == 1 else ("", "")
        before = tuple(excepted[code])
        released = tuple((base, before) for base in of_it[0].base_headings)
        excepted[code].append((heading, note))
        found.append(NewHeading(heading, note, starts_on, ends_on, released))
    return found


def _excepted(codes: Iterable[str]) -> dict[str, list[tuple[str, str]]]:
    """Return the headings (dotted) that each list excepts already, with the subdivision of each, in order."""
    found: dict[str, dict[str, str]] = {code: {} for code in codes}
    for fact in exclusion_headings().values():
        for code in found.keys() & set(fact.lists):
            found[code][hts.dotted(fact.heading)] = fact.note
    printed = ExclusionTerm.objects.filter(exclusion__action__code__in=found).exclude(status="pending")
    for code, heading, note in printed.order_by().values_list("exclusion__action__code", "heading", "note").distinct():
        found[code][hts.dotted(heading)] = note
    return {code: sorted(headings.items()) for code, headings in found.items()}
