"""Sessions in the database, read by a statement that is made once: each page of a person reads one.

The person is read on the same way to the server, where this process has read the session before: whose it was then is
whose it is likely to be now. What counts are the data of the session, as they are read now: they name the person, and
Django asks that person's row, as it is read now, whether all of it still holds.
"""

from datetime import UTC, datetime
from typing import Any, cast

from django.contrib.auth import SESSION_KEY, get_user_model
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.utils import timezone

from exclusions.gateways.database.prepared import Prepared
from exclusions.gateways.database.together import fetch, together

_STANDING: Prepared[Session] = Prepared(
    lambda key, now: Session.objects.filter(session_key=key, expire_date__gt=now),
    ("a", datetime(2020, 1, 1, tzinfo=UTC)),
    ("b", datetime(2020, 1, 2, tzinfo=UTC)),
)
MOST = 10_000  # sessions of which a process knows whose they were
_whose: dict[int, int] = {}  # the person's key by the hash of the session's: no process keeps what opens a session


class SessionStore(db.SessionStore):
    """Django's, but for how a session is looked up."""

    _likely: AbstractBaseUser | None = None

    def likely(self) -> AbstractBaseUser | None:
        """Return the person who was read with the session; once, so that nobody goes on with that row."""
        cast("Any", self)._get_session()
        found, self._likely = self._likely, None
        return found

    def load(self) -> dict[str, Any]:
        """Return the data of the session, and note for the next page whose it is."""
        data: dict[str, Any] = super().load()
        person = data.get(SESSION_KEY)
        if person is not None:
            if len(_whose) >= MOST:
                _whose.clear()
            _whose[hash(self.session_key)] = int(person)
        return data

    def _get_session_from_db(self) -> Session | None:
        now = timezone.now()  # noqa: TID251 -- as Django's own does
        standing = fetch(_STANDING, self.session_key, now, made=_STANDING.instances)
        whose = _whose.get(hash(self.session_key))
        if whose is not None:
            people: Prepared[AbstractBaseUser] = cast("Any", get_user_model())._default_manager.by_key
            person = fetch(people, whose, made=people.instances)
            together(standing, person)
            self._likely = next(iter(person.found()), None)
        found = next(iter(standing.found()), None)
        if found is None:
            self._session_key = None
        return found
