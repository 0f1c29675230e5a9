"""A new SECRET_KEY opens what the old one sealed, as long as the old one is named in SECRET_KEY_FALLBACKS."""

import subprocess
import sys
from typing import Any

from exclusions.views.core.sign_on import SecondFactorAdapter
from tests.conftest import PROJECT

ASK = "from tradecases.settings import SECRET_KEY_FALLBACKS; print(SECRET_KEY_FALLBACKS)"


def test_the_old_keys_are_read_from_the_environment() -> None:
    environment = {"SECRET_KEY": "new", "SECRET_KEY_FALLBACKS": "old,,older", "PATH": ""}
    asked = subprocess.run(
        [sys.executable, "-c", ASK], cwd=PROJECT, env=environment, capture_output=True, text=True, check=True
    )
    assert asked.stdout.strip() == "['old', 'older']"


def test_an_authenticator_set_up_under_the_old_key_works_under_the_new_one(settings: Any) -> None:
    settings.SECRET_KEY = "the old key"
    sealed = SecondFactorAdapter().encrypt("JBSWY3DPEHPK3PXP")
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "the new key", ["the old key"]
    assert SecondFactorAdapter().decrypt(sealed) == "JBSWY3DPEHPK3PXP"
