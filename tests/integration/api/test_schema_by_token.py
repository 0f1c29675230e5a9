"""The schema is kept for whoever sends a token, too: an owner of petitions, somebody who has none, and the staff.

How often it is asked, and by which seeds, is said as in test_schema_is_true.py.
"""

import subprocess
import sys
from pathlib import Path

import pytest
from django.utils import timezone
from pytest_django.live_server_helper import LiveServer

from exclusions.actions.people.tokens import OF_STAFF, SCOPES, make_own_token
from exclusions.models import User
from tests.integration.api.test_schema_is_true import EXAMPLES, SEEDS

# What a round or a case lets in, a tool that reads the schema cannot know.
LEFT_OUT = "positive_data_acceptance"


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("who", ["filer", "nobody", "intake"])
@pytest.mark.django_db
@pytest.mark.usefixtures("world", "no_throttle", "in_turn")
def test_the_product_keeps_the_schema_for_a_token(
    live_server: LiveServer, tmp_path: Path, seed: str, who: str, cast: dict[str, User]
) -> None:
    scopes = [scope for scope in SCOPES if cast[who].role or scope not in OF_STAFF]
    token = make_own_token(cast[who], name="schemathesis", scopes=scopes, at=timezone.now())
    asked = subprocess.run(
        [Path(sys.executable).with_name("schemathesis"), "run", f"{live_server.url}/api/v1/schema/",
         "-H", f"Authorization: Bearer {token}", "--max-examples", EXAMPLES, "--request-timeout", "60",
         "--seed", seed,
         "--exclude-checks", LEFT_OUT, "--continue-on-failure", "--generation-database", "none", "--no-color"],
        cwd=tmp_path, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert asked.returncode == 0, asked.stdout + asked.stderr
