"""A page of the registry with how many exclusions stand how on the day: one statement, made without Django.

What it says of a standing is what `standings.standing_on` says, in words of its own: put together by Django for each
visit, it takes longer than the database does.
"""

from datetime import date
from typing import NamedTuple

from django.db import connections, router

from exclusions.gateways.database.prepared import prepared_cursor
from exclusions.models.exclusion import Exclusion, ExclusionTerm
from exclusions.models.tariff import TariffAction
from exclusions.queries.answers.registry.chosen import Chosen
from exclusions.queries.answers.registry.standings import AHEAD, ENDED, ENDING, IN_FORCE, NEWEST, Standings

PAGE = 25
NOBODY = Standings(0, 0, 0)
TERMS, EXCLUSIONS, ACTIONS = (str(one._meta.db_table) for one in (ExclusionTerm, Exclusion, TariffAction))
PUBLISHED, PENDING = ExclusionTerm.Status.PUBLISHED.value, ExclusionTerm.Status.PENDING.value

STANDS = f"NOT EXISTS (SELECT 1 FROM {TERMS} newer WHERE newer.supersedes_id = term.id)"
HOLDING = f"""
SELECT term.exclusion_id AS key, max(term.valid_to) AS ends FROM {TERMS} term
WHERE term.status = '{PUBLISHED}' AND term.valid_from <= %s AND (term.valid_to IS NULL OR term.valid_to >= %s)
AND {STANDS} GROUP BY term.exclusion_id
"""
COMING = f"""
SELECT DISTINCT term.exclusion_id AS key FROM {TERMS} term
WHERE (term.status = '{PENDING}' OR term.status = '{PUBLISHED}' AND term.valid_from > %s) AND {STANDS}
"""
STOOD = f"""
SELECT one.id, one.reference, one.action_id, holding.ends,
CASE WHEN holding.key IS NOT NULL THEN 0 WHEN coming.key IS NOT NULL THEN 1 ELSE 2 END AS standing
FROM {EXCLUSIONS} one LEFT JOIN holding ON holding.key = one.id LEFT JOIN coming ON coming.key = one.id
"""
COUNTED = """
SELECT sum(CASE WHEN standing = 0 THEN 1 ELSE 0 END) AS in_force,
sum(CASE WHEN standing = 1 THEN 1 ELSE 0 END) AS ahead, count(*) AS total FROM stood
"""
# Of all exclusions, without a look at each: they are counted by those in force and those to come.
OF_ALL = f"""
SELECT (SELECT count(*) FROM holding) AS in_force,
(SELECT count(*) FROM coming WHERE NOT EXISTS (SELECT 1 FROM holding WHERE holding.key = coming.key)) AS ahead,
(SELECT count(*) FROM {EXCLUSIONS}) AS total
"""
HELD = f"""
SELECT one.id, one.reference, one.action_id, holding.ends, 0 AS standing
FROM {EXCLUSIONS} one JOIN holding ON holding.key = one.id
"""
BEGUN = f", (SELECT max(term.valid_from) FROM {TERMS} term WHERE term.exclusion_id = stood.id AND {STANDS}) AS begun"
ORDERED = {ENDING: "ends ASC NULLS LAST, reference", NEWEST: "begun DESC NULLS LAST, reference"}
STANDING = {IN_FORCE: "WHERE standing = 0", AHEAD: "WHERE standing = 1", ENDED: "WHERE standing = 2"}
WHOLE = """
WITH holding AS ({holding}), coming AS ({coming}), stood AS ({stood}), counted AS ({counted}),
placed AS (
  SELECT id, reference, action_id, ends{begun} FROM stood {which} ORDER BY {order} LIMIT %s OFFSET %s
)
SELECT counted.in_force, counted.ahead, counted.total, placed.id, placed.reference, action.code
FROM counted LEFT JOIN placed ON true LEFT JOIN {actions} action ON action.id = placed.action_id ORDER BY {order}
"""


class Head(NamedTuple):
    """An exclusion of a page: its key, its reference, and the code of its list."""

    key: int
    reference: str
    list_code: str


def standing_page(
    chosen: Chosen | None, on: date, *, standing: str, order: str, number: int
) -> tuple[Standings, list[Head]]:
    """Return how many of those chosen (None: of all exclusions) stand how on the day, and the page of that number of
    those that stand as asked, in the order asked for; an empty page where there is none. One statement."""
    alias = router.db_for_read(Exclusion)
    day = connections[alias].ops.adapt_datefield_value(on)
    stood = HELD if standing == IN_FORCE else STOOD
    sql = WHOLE.format(
        holding=HOLDING,
        coming=COMING,
        stood=stood if chosen is None else f"{STOOD} WHERE one.id IN ({chosen.sql})",
        counted=OF_ALL if chosen is None else COUNTED,
        order=ORDERED.get(order, "reference"),
        begun=BEGUN if order == NEWEST else "",
        which=STANDING.get(standing, ""),
        actions=ACTIONS,
    )
    with prepared_cursor(alias) as cursor:
        cursor.execute(sql, [day, day, day, *(chosen.values if chosen else ()), PAGE, (number - 1) * PAGE])
        found = cursor.fetchall()
    in_force, ahead, total = found[0][:3]
    return Standings(in_force or 0, ahead or 0, total), [Head(*row[3:]) for row in found if row[3] is not None]
