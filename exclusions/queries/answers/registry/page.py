"""A page of the registry with how many exclusions stand how on the day: one statement, made without Django.

What it says of a standing is what `standings.standing_on` says, in words of its own: put together by Django for each
visit, it takes longer than the database does.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from django.db import connections, router

from exclusions.gateways.database.together import Fetch
from exclusions.models.exclusion import Exclusion, ExclusionTerm
from exclusions.models.tariff import TariffAction
from exclusions.queries.answers.registry.chosen import Chosen
from exclusions.queries.answers.registry.standings import AHEAD, ENDED, ENDING, IN_FORCE, NEWEST, Standings

PAGE = 25
NOBODY = Standings(0, 0, 0)
TERMS, EXCLUSIONS, ACTIONS = (str(one._meta.db_table) for one in (ExclusionTerm, Exclusion, TariffAction))
PUBLISHED, PENDING = ExclusionTerm.Status.PUBLISHED.value, ExclusionTerm.Status.PENDING.value

# No term is passed twice: those that were superseded are few, and are looked for among themselves.
STANDS = f"term.id NOT IN (SELECT supersedes_id FROM {TERMS} WHERE supersedes_id IS NOT NULL)"
# Of each exclusion that has a term in force, or one to come: whether it has one in force, and when the last of those
# ends. One way through the terms.
IN_FORCE_NOW = f"term.status = '{PUBLISHED}' AND term.valid_from <= %s"
ENDS = f", max(CASE WHEN {IN_FORCE_NOW} THEN term.valid_to END) AS ends"
STANDING_TERMS = f"""
SELECT term.exclusion_id AS key, max(CASE WHEN {IN_FORCE_NOW} THEN 1 ELSE 0 END) AS held{{ends}} FROM {TERMS} term
WHERE (term.status = '{PENDING}' OR term.status = '{PUBLISHED}' AND (term.valid_from > %s
OR term.valid_from <= %s AND (term.valid_to IS NULL OR term.valid_to >= %s))) AND {STANDS} GROUP BY term.exclusion_id
"""
STOOD = f"""
SELECT one.id, one.reference, one.action_id, CASE held WHEN 1 THEN 0 WHEN 0 THEN 1 ELSE 2 END AS standing,
CASE held WHEN 1 THEN ends END AS ends FROM {EXCLUSIONS} one LEFT JOIN terms ON terms.key = one.id
"""
COUNTED = """
SELECT sum(CASE WHEN standing = 0 THEN 1 ELSE 0 END) AS in_force,
sum(CASE WHEN standing = 1 THEN 1 ELSE 0 END) AS ahead, count(*) AS total FROM stood
"""
# Of all exclusions, without a look at each: they are counted by their terms, and the first of those in force are met in
# the list's own order ("IS TRUE": PostgreSQL would join and sort them all).
HELD = f"""
SELECT one.id, one.reference, one.action_id, 0 AS standing
FROM {EXCLUSIONS} one WHERE (one.id IN (SELECT key FROM terms WHERE held = 1)) IS TRUE
"""
OF_ALL = f"""
SELECT sum(held) AS in_force, count(*) - sum(held) AS ahead, (SELECT count(*) FROM {EXCLUSIONS}) AS total FROM terms
"""
BEGUN = f"(SELECT max(term.valid_from) FROM {TERMS} term WHERE term.exclusion_id = stood.id AND {STANDS}) AS begun"
BY = {ENDING: "ends ASC NULLS LAST, reference", NEWEST: "begun DESC NULLS LAST, reference"}
PLACED_BY = {ENDING: ", ends FROM stood", NEWEST: f", {BEGUN} FROM stood"}
STANDING = {IN_FORCE: "WHERE standing = 0", AHEAD: "WHERE standing = 1", ENDED: "WHERE standing = 2"}
WHOLE = """
WITH terms AS MATERIALIZED ({terms}), stood AS ({stood}), counted AS ({counted}),
placed AS (SELECT id, reference, action_id{placed} {which} ORDER BY {by} LIMIT %s OFFSET %s)
SELECT counted.in_force, counted.ahead, counted.total, placed.id, placed.reference, action.code
FROM counted LEFT JOIN placed ON true LEFT JOIN {actions} action ON action.id = placed.action_id ORDER BY {by}
"""


class Head(NamedTuple):
    """An exclusion of a page: its key, its reference, and the code of its list."""

    key: int
    reference: str
    list_code: str


def standing_page(
    chosen: Chosen | None, on: date, *, standing: str, order: str, number: int
) -> Fetch[tuple[Standings, list[Head]]]:
    """Return the look-up of how many of those chosen (None: of all exclusions) stand how on the day, and of the page of
    that number of those that stand as asked, in the order asked for; an empty page where there is none. One statement.
    """
    alias = router.db_for_read(Exclusion)
    day = connections[alias].ops.adapt_datefield_value(on)
    shortly = chosen is None and standing == IN_FORCE and order != ENDING
    sql = WHOLE.format(
        terms=STANDING_TERMS.format(ends="" if shortly else ENDS),
        stood=HELD if shortly else STOOD if chosen is None else f"{STOOD} WHERE one.id IN ({chosen.sql})",
        counted=OF_ALL if shortly else COUNTED,
        placed=PLACED_BY.get(order, " FROM stood"),
        which=STANDING.get(standing, ""),
        by=BY.get(order, "reference"),
        actions=ACTIONS,
    )
    values = [*[day] * (4 if shortly else 5), *(chosen.values if chosen else ()), PAGE, (number - 1) * PAGE]
    return Fetch(alias, (sql, values), _apart)


def _apart(found: Sequence[tuple[Any, ...]]) -> tuple[Standings, list[Head]]:
    in_force, ahead, total = found[0][:3]
    return Standings(in_force or 0, ahead or 0, total), [Head(*row[3:]) for row in found if row[3] is not None]
