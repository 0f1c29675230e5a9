"""What the account library asks us: how secrets are kept, which authenticator may go, whom agency sign-on lets in."""

import logging
from typing import Any

from allauth.account.internal.stagekit import LOGIN_SESSION_KEY
from allauth.account.utils import url_str_to_user_pk
from allauth.core import context
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.shortcuts import redirect

from exclusions.actions.people import sign_ons
from exclusions.gateways import secret_text
from exclusions.models import User
from exclusions.queries.people.second_factors import STRONG
from exclusions.views.core.clock import moment
from exclusions.views.core.errors import LOST, LOST_KEY
from exclusions.views.core.refusals import Pressed
from exclusions.views.core.sign_in import note

logger = logging.getLogger(__name__)


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Keeps authenticator secrets encrypted, and keeps the last second factor of staff."""

    def encrypt(self, text: str) -> str:
        """Return a secret as it is stored: encrypted under SECRET_KEY."""
        return secret_text.encrypt(text, purpose=secret_text.SECOND_FACTOR)

    def decrypt(self, encrypted_text: str) -> str:
        """Return a stored secret as it was; SECRET_KEY_FALLBACKS are tried too.

        Raises ValidationError where no key opens it: forms say it beside the code, TroubleMiddleware on other pages.
        """
        try:
            return secret_text.decrypt(encrypted_text, purpose=secret_text.SECOND_FACTOR)
        except secret_text.Unreadable as error:
            raise ValidationError(LOST, code=LOST_KEY) from error

    def validation_error(self, code: str, *args: Any) -> ValidationError:
        """Return the library's refusal; one of a wrong code or key is a line of the log."""
        if code == "incorrect_code" and context.request is not None:
            request = context.request
            begun = (request.session.get(LOGIN_SESSION_KEY) or {}).get("user_pk")
            # The library keeps the key of who is signing in as text of base 36: person 23 is "n".
            key = request.user.pk or (url_str_to_user_pk(begun) if begun else 0)
            asked = User.objects.filter(pk=key).first()
            note(request, "refused at the second factor", asked.email if asked else "")
        refused: ValidationError = super().validation_error(code, *args)
        return refused

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Say no to the last authenticator app or passkey of staff; a replacement is added first."""
        user = authenticator.user
        if not settings.STAFF_SECOND_FACTOR or not (user.role or user.is_staff) or authenticator.type not in STRONG:
            return True
        others = Authenticator.objects.filter(user=user, type__in=STRONG).exclude(pk=authenticator.pk)
        return bool(others.exists())


class AgencySignOnAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """Lets in the people of the agency whom an administrator made staff, by their verified e-mail address alone."""

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Link the agency's identity with the staff account of its address, or send the person back with a sentence."""
        verified = [address.email for address in sociallogin.email_addresses if address.verified]
        known = sociallogin.user if sociallogin.is_existing else None
        pressed = Pressed(request)
        with pressed:
            user = sign_ons.accept(verified_emails=verified, known=known, at=moment(request))
            if known is None:
                sociallogin.connect(request, user)
            return
        raise ImmediateHttpResponse(pressed.answer(redirect("account_login")))

    def on_authentication_error(
        self, request: HttpRequest, provider: Any, error: Any = None, exception: Any = None, extra_context: Any = None
    ) -> None:
        """Tell the operator what kind of failure it was; its text may hold tokens, and the person sees a plain page."""
        logger.warning("Agency sign-on failed: %s, %s.", error, type(exception).__name__)

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """Say no: agency sign-on opens no accounts."""
        return False
