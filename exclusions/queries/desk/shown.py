"""What the worklist shows beside the columns of its cases: one statement about the person, one about all the cases.

Written by hand: a statement that the mapper builds costs more than this page may take, and here there would be nine.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import partial
from typing import Any, NamedTuple
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connection

from exclusions.gateways.database.together import Fetch
from exclusions.models import (
    Assignment,
    CaseTag,
    Event,
    Inquiry,
    InquiryAnswer,
    Petition,
    Response,
    Round,
    SavedView,
    StageTarget,
    Tag,
    User,
)
from exclusions.models.interest import TIES, Ties
from exclusions.queries.desk.targets import in_force
from exclusions.workflow.deadlines import EASTERN, eastern_date
from exclusions.workflow.roles import LED, Role

_TARGETS = f"SELECT 'target' AS kind, '' AS sort, '' AS more, id AS place, of_status AS a, CAST(days AS text) AS b,\
 '' AS c, 0 AS number, '' AS mark FROM {StageTarget._meta.db_table}"
_ROUNDS = f"SELECT 'round', CAST(opens_at AS text), '', id, slug, title, '', 0, ''\
 FROM {Round._meta.db_table} WHERE superseded_at IS NULL"
_VIEWS = f"SELECT 'view', v.name, '', v.id, v.name, v.query, COALESCE(NULLIF(u.full_name, ''), u.email), v.user_id,\
 CASE WHEN v.shared THEN 'shared' ELSE '' END\
 FROM {SavedView._meta.db_table} v JOIN {User._meta.db_table} u ON u.id = v.user_id\
 WHERE v.user_id = %s OR (v.shared AND v.role = %s AND u.is_active)"
_TAGS = f"SELECT 'tag', name, '', id, name, '', '', 0, ''\
 FROM {Tag._meta.db_table} WHERE role = %s AND retired_at IS NULL"
_COLLEAGUES = f"SELECT 'colleague', full_name, email, id, COALESCE(NULLIF(full_name, ''), email), '', '', 0, ''\
 FROM {User._meta.db_table} WHERE role = %s AND is_active AND NOT leads AND id <> %s"
_TIES = f"SELECT 'tie', '', '', 0, COALESCE(CAST(organization_id AS text), ''), name, '', 0, '' FROM ({TIES}) ties"
_ORDER = " ORDER BY kind, sort, more, place"


class Named(NamedTuple):
    """A person or a tag, as it is offered."""

    pk: int
    name: str

    def __str__(self) -> str:
        return self.name


class View(NamedTuple):
    """A list that is kept under a name; `user` is the name of whoever keeps it."""

    pk: int
    name: str
    query: str
    user: str
    user_id: int
    shared: bool


@dataclass(frozen=True)
class Offered:
    """What a person's worklist offers; the targets are those in force, by status, `ties` the person's own."""

    targets: dict[str, int]
    ties: Ties
    rounds: list[tuple[str, str]]
    views: list[View]
    tags: list[Named]
    colleagues: list[Named]


def offered_to(user: User) -> Fetch[Offered]:
    """Return the look-up of the targets, rounds, kept lists and, where the person works cases, the team's tags and
    people, and of what ties the person to companies. One statement.
    """
    parts, sent = [_TARGETS, _ROUNDS, _TIES, _VIEWS], [user.pk, user.pk, user.pk, user.role]
    if user.role in LED:
        parts += [_TAGS, _COLLEAGUES]
        sent += [user.role, user.role, user.pk]
    return Fetch(DEFAULT_DB_ALIAS, (" UNION ALL ".join(parts) + _ORDER, sent), _offered)


def _offered(rows: Sequence[tuple[Any, ...]]) -> Offered:
    found: dict[str, list[tuple[Any, ...]]] = {}
    for kind, *rest in rows:
        found.setdefault(kind, []).append(tuple(rest[2:]))
    return Offered(
        in_force((status, int(days)) for _, status, days, *_ in found.get("target", ())),
        Ties.of((organization, name) for _, organization, name, *_ in found.get("tie", ())),
        [(slug, title) for _, slug, title, *_ in reversed(found.get("round", []))],
        [View(pk, name, query, of, by, bool(mark)) for pk, name, query, of, by, mark in found.get("view", ())],
        [Named(pk, name) for pk, name, *_ in found.get("tag", ())],
        [Named(pk, name) for pk, name, *_ in found.get("colleague", ())],
    )


# Of the questions moments are read as seconds, where the database tells them; of the moves of a case the days in New
# York, counted as Python does, and all of them in one text: two hundred moments a page are dear to take apart.
_MOVES = f"SELECT 'move' AS kind, '' AS sort, sequence AS place, SUBSTR(subject, 10) AS subject, to_status AS a,\
 '' AS b, at AS t1, NULL AS t2, NULL AS t3, NULL AS t4, NULL AS t5\
 FROM {Event._meta.db_table} WHERE from_status <> to_status AND subject {{in_subjects}}"
_DAY = f"(at AT TIME ZONE '{EASTERN.key}')::date - DATE '0001-01-01' + {date.min.toordinal()}"
_MOVED = f"SELECT 'moves' AS kind, '' AS sort, 0 AS place, SUBSTR(subject, 10) AS subject,\
 string_agg(to_status || ' ' || ({_DAY}), ' ' ORDER BY sequence) AS a, '' AS b,\
 CAST(NULL AS float8) AS t1, CAST(NULL AS float8) AS t2, CAST(NULL AS float8) AS t3, CAST(NULL AS float8) AS t4,\
 CAST(NULL AS float8) AS t5\
 FROM {Event._meta.db_table} WHERE from_status <> to_status AND subject {{in_subjects}} GROUP BY subject"
_HELD = (
    f"SELECT 'held', '', h.user_id, CAST(h.petition_id AS text), h.role, COALESCE(NULLIF(u.full_name, ''), u.email),\
 NULL, NULL, NULL, NULL, NULL FROM {Assignment._meta.db_table} h JOIN {User._meta.db_table} u ON u.id = h.user_id\
 WHERE h.ended_at IS NULL AND h.petition_id {{in_cases}}"
)
_ASKED = (
    f"SELECT 'asked', '', i.id, CAST(i.petition_id AS text), '', '', {{asked_at}}, {{closes_at}}, {{withdrawn_at}},\
 {{lapsed_at}}, {{answered_at}} FROM {Inquiry._meta.db_table} i\
 LEFT JOIN {InquiryAnswer._meta.db_table} a ON a.inquiry_id = i.id WHERE i.petition_id {{in_cases}}"
)
_MARKS = f"SELECT 'mark', t.name, m.id, CAST(m.petition_id AS text), t.role, t.name, NULL, NULL, NULL, NULL, NULL\
 FROM {CaseTag._meta.db_table} m JOIN {Tag._meta.db_table} t ON t.id = m.tag_id\
 WHERE m.taken_at IS NULL AND m.petition_id {{in_cases}}"
_TO_POST = f"SELECT 'post', '', COUNT(*), CAST(petition_id AS text), '', '', NULL, NULL, NULL, NULL, NULL\
 FROM {Response._meta.db_table} WHERE status = '{Response.Status.SUBMITTED}' AND petition_id {{in_cases}}\
 GROUP BY petition_id"
_BESIDE = f"{' UNION ALL '.join((_HELD, _ASKED, _MARKS, _TO_POST))} ORDER BY kind, sort, place"
_TIMES = {"asked_at": "i.asked_at", "closes_at": "i.closes_at", "withdrawn_at": "i.withdrawn_at",
          "lapsed_at": "i.lapsed_at", "answered_at": "a.answered_at"}  # fmt: skip
_ON_POSTGRESQL = f"{_MOVED} UNION ALL {_BESIDE}".format(
    in_subjects="= ANY(CAST(%s AS text[]))",
    in_cases="= ANY(CAST(%s AS uuid[]))",
    **{name: f"CAST(EXTRACT(EPOCH FROM {column}) AS float8)" for name, column in _TIMES.items()},
)


@dataclass
class About:
    """What is known of one case: its moves oldest first, each to which status and on which day (its ordinal in New
    York), questions, who has it by seat, tags as (team, name)."""

    moves: list[tuple[str, int]] = field(default_factory=list)
    questions: list[tuple[Any, ...]] = field(default_factory=list)
    held: dict[str, tuple[int, str]] = field(default_factory=dict)
    tags: list[tuple[str, str]] = field(default_factory=list)
    to_post: int = 0


def about(keys: Sequence[UUID]) -> Fetch[dict[UUID, About]]:
    """Return the look-up of what is known of the cases of these keys. One statement."""
    return Fetch(DEFAULT_DB_ALIAS, _statement(keys), partial(_about, keys))


def _about(keys: Sequence[UUID], rows: Sequence[tuple[Any, ...]]) -> dict[UUID, About]:
    found = {key: About() for key in keys}
    # Either database writes a key in its own way, and the chain of events as PostgreSQL does.
    known = {str(key): case for key, case in found.items()}
    if connection.vendor != "postgresql":
        known |= {key.hex: case for key, case in found.items()}
    for kind, _, place, subject, a, b, *times in rows:
        case = known[subject]
        if kind == "moves":
            words = a.split(" ")
            case.moves = list(zip(words[::2], map(int, words[1::2]), strict=True))
        elif kind == "move":
            case.moves.append((a, eastern_date(_moment(times[0])).toordinal()))
        elif kind == "held":
            case.held[a] = (place, b)
        elif kind == "asked":
            case.questions.append(tuple(None if time is None else _moment(time) for time in times))
        elif kind == "mark":
            case.tags.append((a, b))
        else:
            case.to_post = place
    return found


def _statement(keys: Sequence[UUID]) -> tuple[str, list[Any]]:
    """The statement about these cases, and its values: two lists, or each key where a database knows no lists."""
    names = [str(key) for key in keys]
    if connection.vendor == "postgresql":  # a list as it writes one: no key has a comma or a quotation mark in it
        return _ON_POSTGRESQL, [f"{{petition:{',petition:'.join(names)}}}", *[f"{{{','.join(names)}}}"] * 4]
    subjects: list[Any] = [f"petition:{name}" for name in names]
    places = f"IN ({', '.join(['%s'] * len(keys))})"
    stored = [Petition._meta.pk.get_db_prep_value(key, connection) for key in keys]
    parts = f"{_MOVES} UNION ALL {_BESIDE}"
    return parts.format(in_subjects=places, in_cases=places, **_TIMES), [*subjects, *stored * 4]


def tags_of(case: About, user: User) -> list[str]:
    """Return the tags of a case that are of the person's team; the auditor is shown every team's."""
    return [name for role, name in case.tags if role == user.role or user.role == Role.AUDITOR]


def _moment(value: float | str | datetime) -> datetime:
    # SQLite keeps moments as text in UTC, and hands them over as that or without their zone.
    if isinstance(value, float):
        return datetime.fromtimestamp(value, UTC)
    found = value if isinstance(value, datetime) else datetime.fromisoformat(value)
    return found if found.tzinfo else found.replace(tzinfo=UTC)
