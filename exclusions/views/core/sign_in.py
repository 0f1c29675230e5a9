"""What the account library asks us when somebody signs in with a password.

Wrong passwords are counted by account and network together, so that a stranger who guesses at somebody's account stops
nobody but himself. Over all networks an account only becomes slower. A passkey asks for no password and is not counted.
"""

import logging
import threading
import time
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core.ratelimit import clear
from django.contrib import messages
from django.contrib.sites.shortcuts import get_current_site
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.mail import EmailMessage
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from exclusions.actions.people.accounts import record_own_change, tell_own_change
from exclusions.gateways.mail_headers import of_request
from exclusions.gateways.observed.request_ids import current
from exclusions.models import User
from exclusions.views.core.clock import moment
from exclusions.views.core.rate_limit import count, counted
from exclusions.views.core.sender import network, sender

NOT_SENT = "We could not send the e-mail. Ask for it again in a few minutes."
FREE_FAILURES = 5
FAILURES_FOR = 900  # seconds within which wrong passwords of an account are counted together
FIRST_WAIT, LONGEST_WAIT = 0.25, 2.0
logger = logging.getLogger("exclusions.sign_in")  # the settings have its lines written from INFO up
# No more than so many requests of a process wait at a time: more guesses than that must not hold up everybody's pages.
_waiting = threading.BoundedSemaphore(2)


class SignInAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Dates the accounts that people open, and limits how often passwords may be tried, and from where."""

    _is_notice = False  # an adapter serves one request

    def new_user(self, request: HttpRequest) -> User:
        """Return a person who is not saved yet."""
        return User(date_joined=moment(request))

    def get_client_ip(self, request: HttpRequest) -> str:
        """Return the sender's address. Raises PermissionDenied where there is none to count by."""
        address = sender(request)
        if not address:
            raise PermissionDenied("The server does not know which address this request came from.")
        return address

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Refuse a network that failed too often at this account; slow down when many networks fail at it."""
        try:
            super().pre_authenticate(request, **{**credentials, "email": _tried(request, _account(credentials))})
        except ValidationError:
            note(request, "stopped after too many failures", _account(credentials))
            raise
        pause(wait_after(counted("sign-in", _account(credentials))))

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Count a wrong password, whether or not there is such an account."""
        count("sign-in", _account(credentials), seconds=FAILURES_FOR)
        note(request, "failed", _account(credentials))

    def login(self, request: HttpRequest, user: User) -> None:
        """Let a person in, whatever was asked for was given: the one end of every way to sign in."""
        super().login(request, user)
        methods = [str(record["method"]) for record in get_authentication_records(request, user)]
        note(request, f"succeeded by {' and '.join(methods) or 'link'}", user.email, logging.INFO)

    def send_notification_mail(
        self, template_prefix: str, user: User, context: dict[str, Any] | None = None, email: str | None = None
    ) -> None:
        """Put a change of password, address or second factor on record, and tell the person through the outbox."""
        record_own_change(user, template_prefix.rpartition("/")[2], at=moment(self.request))
        self._is_notice = True
        try:
            super().send_notification_mail(template_prefix, user, context, email)
        finally:
            self._is_notice = False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send a mail of the library. A mail server that is away undoes nothing, and makes no page say that it did.

        A notice waits in the outbox. What holds a secret link is written down nowhere: it goes at once, or the page
        asks to try again.
        """
        if self._is_notice:
            facts = {"request": self.request, "email": email, "current_site": get_current_site(self.request), **context}
            mail = self.render_mail(template_prefix, email, facts)
            tell_own_change(to=email, subject=str(mail.subject), text=str(mail.body), at=moment(self.request))
            return
        try:
            super().send_mail(template_prefix, email, context)
        except OSError as error:  # of which those of SMTP are a kind; the text may repeat the message
            logger.warning("A mail with a link was not sent: %s.", type(error).__name__)
            messages.error(self.request, NOT_SENT)

    def render_mail(
        self,
        template_prefix: str,
        email: str | list[str],
        context: dict[str, Any],
        headers: dict[str, str] | None = None,
    ) -> EmailMessage:
        """Return a mail of the library, which says in its head that a program wrote it."""
        said = {**of_request(current()), **(headers or {})}
        mail: EmailMessage = super().render_mail(template_prefix, email, context, said)
        return mail

    def set_password(self, user: User, password: str) -> None:
        """Set a password that somebody chose; after a reset, what the network failed at before that is forgotten.

        Not for who is signed in: changing the password of an account of one's own would let a network guess on.
        """
        super().set_password(user, password)
        if self.request.user.is_authenticated:
            return
        key = f"{get_current_site(self.request).domain}:{_tried(self.request, user.email.lower())}"
        clear(self.request, action="login_failed", key=key)


def note(request: HttpRequest, outcome: str, email: str, level: int = logging.WARNING) -> None:
    """Write a line on an attempt to sign in: its outcome, the network, and a keyed digest in the address's place.

    The same account has the same digest in every line, until SECRET_KEY changes; nobody reads an address from it.
    """
    account = salted_hmac("line on a sign-in", email.lower(), algorithm="sha256").hexdigest()[:12]
    logger.log(level, "Sign-in %s: account %s, network %s.", outcome, account, network(request))


def wait_after(failures: int) -> float:
    """Return how many seconds the next try waits: none after five failures, then a quarter, doubled up to two."""
    if failures < FREE_FAILURES:
        return 0.0
    return float(min(LONGEST_WAIT, FIRST_WAIT * 2 ** min(failures - FREE_FAILURES, 10)))


def pause(seconds: float) -> None:
    """Wait, unless as many others wait already as may."""
    if seconds and _waiting.acquire(blocking=False):
        try:
            time.sleep(seconds)
        finally:
            _waiting.release()


def _tried(request: HttpRequest, account: str) -> str:
    """Return by what the library counts wrong passwords: the account as it is tried from one network."""
    return f"{account}:{network(request)}"


def _account(credentials: dict[str, Any]) -> str:
    return str(credentials.get("email", "")).lower()
