"""People who sign in: by e-mail, with at most one staff role each."""

from datetime import datetime
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models

from exclusions.workflow.roles import STAFF, Role


class UserAccounts(BaseUserManager["User"]):
    """Makes accounts; e-mail addresses are compared without regard to case."""

    def create_user(self, email: str, password: str | None = None, *, date_joined: datetime, **fields: Any) -> "User":
        """Create a person with a normalised e-mail address. Raises ValueError when the address is empty."""
        if not email:
            raise ValueError("A user needs an e-mail address.")
        user = self.model(email=email.strip().lower(), date_joined=date_joined, **fields)
        user.set_password(password)
        user.save(using=self.db)
        return user

    def create_superuser(
        self, email: str, password: str | None = None, *, date_joined: datetime, **fields: Any
    ) -> "User":
        """Create an administrator who may enter Django admin."""
        fields.update(is_staff=True, is_superuser=True)
        fields.setdefault("role", Role.ADMIN)
        return self.create_user(email, password, date_joined=date_joined, **fields)

    def get_by_natural_key(self, username: str | None) -> "User":
        """Return the person with that e-mail address, whatever its case."""
        return self.get(email__iexact=username)


class User(AbstractBaseUser, PermissionsMixin):
    """A person. `role` is the staff role; importers, filers and responders have none."""

    ROLE_CHOICES = [(role.value, role.label) for role in Role if role in STAFF]

    email = models.EmailField("e-mail address", unique=True)
    full_name = models.CharField(max_length=200, blank=True)
    role = models.CharField("staff role", max_length=20, choices=ROLE_CHOICES, blank=True)
    leads = models.BooleanField(
        "leads the team of the role", default=False, db_default=False, help_text="assigns cases, and records in none"
    )
    is_staff = models.BooleanField("may enter Django admin", default=False)
    is_active = models.BooleanField(default=True)
    date_joined = models.DateTimeField()

    objects: ClassVar[UserAccounts] = UserAccounts()

    USERNAME_FIELD = "email"
    # What `createsuperuser` fills in besides; our command of that name knows the moment.
    REQUIRED_FIELDS: ClassVar[list[str]] = ["date_joined"]

    def __str__(self) -> str:
        return self.full_name or self.email

    def get_full_name(self) -> str:
        """Return the person's name, or the e-mail address where none was given."""
        return str(self)

    def get_short_name(self) -> str:
        """Return the first word of the name, or the e-mail address where none was given."""
        return self.full_name.split(" ")[0] or self.email
