"""What the worklist shows beside the columns of its cases: one statement about the person, one about all the cases.

Written by hand: a statement that the mapper builds costs more than this page may take, and here there would be nine.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection

from exclusions.gateways.database.prepared import prepared_cursor
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
from exclusions.queries.desk.targets import in_force
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
    """What a person's worklist offers; the targets are those in force, by status."""

    targets: dict[str, int]
    rounds: list[tuple[str, str]]
    views: list[View]
    tags: list[Named]
    colleagues: list[Named]


def offered_to(user: User) -> Offered:
    """Return the targets, rounds, kept lists and, where the person works cases, the team's tags and people."""
    parts, sent = [_TARGETS, _ROUNDS, _VIEWS], [user.pk, user.role]
    if user.role in LED:
        parts += [_TAGS, _COLLEAGUES]
        sent += [user.role, user.role, user.pk]
    found: dict[str, list[tuple[Any, ...]]] = {}
    for kind, *rest in _fetch(" UNION ALL ".join(parts) + _ORDER, sent):
        found.setdefault(kind, []).append(tuple(rest[2:]))
    return Offered(
        in_force((status, int(days)) for _, status, days, *_ in found.get("target", ())),
        [(slug, title) for _, slug, title, *_ in reversed(found.get("round", []))],
        [View(pk, name, query, of, by, bool(mark)) for pk, name, query, of, by, mark in found.get("view", ())],
        [Named(pk, name) for pk, name, *_ in found.get("tag", ())],
        [Named(pk, name) for pk, name, *_ in found.get("colleague", ())],
    )


# Moments are read as seconds, where the database tells them: two hundred of them a page are dear to take apart.
_MOVES = f"SELECT 'move' AS kind, '' AS sort, sequence AS place, subject AS subject, to_status AS a, '' AS b,\
 {{at}} AS t1, {{never}} AS t2, {{never}} AS t3, {{never}} AS t4, {{never}} AS t5\
 FROM {Event._meta.db_table} WHERE from_status <> to_status AND subject {{in_subjects}}"
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
_PARTS = f"{' UNION ALL '.join((_MOVES, _HELD, _ASKED, _MARKS, _TO_POST))} ORDER BY kind, sort, place"
_TIMES = {"at": "at", "asked_at": "i.asked_at", "closes_at": "i.closes_at", "withdrawn_at": "i.withdrawn_at",
          "lapsed_at": "i.lapsed_at", "answered_at": "a.answered_at"}  # fmt: skip
_ON_POSTGRESQL = _PARTS.format(
    in_subjects="= ANY(CAST(%s AS text[]))",
    in_cases="= ANY(CAST(%s AS uuid[]))",
    never="CAST(NULL AS float8)",
    **{name: f"CAST(EXTRACT(EPOCH FROM {column}) AS float8)" for name, column in _TIMES.items()},
)


@dataclass
class About:
    """What is known of one case: its moves oldest first, questions, who has it by seat, tags as (team, name)."""

    moves: list[tuple[str, datetime]] = field(default_factory=list)
    questions: list[tuple[Any, ...]] = field(default_factory=list)
    held: dict[str, tuple[int, str]] = field(default_factory=dict)
    tags: list[tuple[str, str]] = field(default_factory=list)
    to_post: int = 0


def about(keys: Sequence[UUID]) -> dict[UUID, About]:
    """Return what is known of the cases of these keys. One statement, none for no keys."""
    found = {key: About() for key in keys}
    if not keys:
        return found
    # Either database writes a key in its own way, and the chain of events in a third one.
    known = {written: case for key, case in found.items() for written in (str(key), key.hex, f"petition:{key}")}
    for kind, _, place, subject, a, b, *times in _fetch(*_statement(keys)):
        case = known[subject]
        if kind == "move":
            case.moves.append((a, _moment(times[0])))
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
    subjects: list[Any] = [f"petition:{key}" for key in keys]
    if connection.vendor == "postgresql":  # a list as it writes one: no key has a comma or a quotation mark in it
        return _ON_POSTGRESQL, [f"{{{','.join(subjects)}}}", *[f"{{{','.join(map(str, keys))}}}"] * 4]
    places = f"IN ({', '.join(['%s'] * len(keys))})"
    stored = [Petition._meta.pk.get_db_prep_value(key, connection) for key in keys]
    return _PARTS.format(in_subjects=places, in_cases=places, never="NULL", **_TIMES), [*subjects, *stored * 4]


def tags_of(case: About, user: User) -> list[str]:
    """Return the tags of a case that are of the person's team; the auditor is shown every team's."""
    return [name for role, name in case.tags if role == user.role or user.role == Role.AUDITOR]


def _moment(value: float | str | datetime) -> datetime:
    # SQLite keeps moments as text in UTC, and hands them over as that or without their zone.
    if isinstance(value, float):
        return datetime.fromtimestamp(value, UTC)
    found = value if isinstance(value, datetime) else datetime.fromisoformat(value)
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _fetch(statement: str, sent: Sequence[Any]) -> list[tuple[Any, ...]]:
    with prepared_cursor() as cursor:
        cursor.execute(statement, sent)
        return list(cursor.fetchall())
