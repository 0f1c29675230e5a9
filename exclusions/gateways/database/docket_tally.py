"""SQL by which the database itself keeps count of the docket: how many petitions of a docket, stage and chapter.

On SQLite one row a kind is counted up and down: one transaction writes at a time. On PostgreSQL each statement adds a
row of differences, so that no two transactions wait for each other, nor for ever; now and then whoever comes by draws
them together.
"""

TALLY, PETITIONS = "exclusions_dockettally", "exclusions_publicpetition"
FUNCTION = "exclusions_tally_docket"
KIND = "docket, stage, chapter"
OFTEN = 512  # rows of differences, after which they are drawn together
LOCK = 1_913_301_975  # of who draws them together; any number that nobody else takes

_ADD = f"INSERT INTO {TALLY} ({KIND}, number)"
_OF = "SELECT docket, stage, left(hts10, 2) AS chapter, {} AS one FROM {}"


def _noted(source: str) -> str:
    summed = f"SELECT {KIND}, sum(one) FROM ({source}) AS of GROUP BY 1, 2, 3 HAVING sum(one) <> 0"
    return f"WITH added AS ({_ADD} {summed} RETURNING id) SELECT bool_or(id % {OFTEN} = 0) INTO due FROM added; "


BODY = (
    " DECLARE due boolean := false; BEGIN "
    f"IF TG_OP = 'INSERT' THEN {_noted(_OF.format(1, 'fresh'))}"
    f"ELSIF TG_OP = 'DELETE' THEN {_noted(_OF.format(-1, 'former'))}"
    f"ELSIF TG_OP = 'UPDATE' THEN {_noted(_OF.format(1, 'fresh') + ' UNION ALL ' + _OF.format(-1, 'former'))}"
    f"ELSE DELETE FROM {TALLY}; END IF; "
    f"IF due AND pg_try_advisory_xact_lock({LOCK}) THEN "
    f"WITH drawn AS (DELETE FROM {TALLY} RETURNING {KIND}, number) "
    f"{_ADD} SELECT {KIND}, sum(number) FROM drawn GROUP BY 1, 2, 3 HAVING sum(number) <> 0; END IF; "
    "RETURN NULL; END "
)
# What calls the function, as PostgreSQL itself writes it.
CALLS = {
    "insert": "REFERENCING NEW TABLE AS fresh",
    "update": "REFERENCING OLD TABLE AS former NEW TABLE AS fresh",
    "delete": "REFERENCING OLD TABLE AS former",
    "truncate": "",
}

_SAME = "docket = {0}.docket AND stage = {0}.stage AND chapter = substr({0}.hts10, 1, 2)"
_DOWN = f"UPDATE {TALLY} SET number = number - 1 WHERE {_SAME.format('OLD')};"
_UP = (
    f"{_ADD} SELECT NEW.docket, NEW.stage, substr(NEW.hts10, 1, 2), 0 "
    f"WHERE NOT EXISTS (SELECT 1 FROM {TALLY} WHERE {_SAME.format('NEW')}); "
    f"UPDATE {TALLY} SET number = number + 1 WHERE {_SAME.format('NEW')};"
)
ON_SQLITE = {"insert": _UP, "update": f"{_DOWN} {_UP}", "delete": _DOWN}
ANEW = (
    f"DELETE FROM {TALLY}",
    f"{_ADD} SELECT docket, stage, substr(hts10, 1, 2), count(*) FROM {PETITIONS} GROUP BY 1, 2, 3",
)
