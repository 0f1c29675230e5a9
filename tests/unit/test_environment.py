"""What is read from the environment: all of it is in docs/settings.md, what a deployment sets is in compose.yaml, and
an empty variable means the same as none. The names come from the source.
"""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from exclusions.management.commands.first_run import STEPS
from tests.conftest import PROJECT
from tests.starts import Starts, forking

SETTINGS = "\n".join(path.read_text(encoding="utf-8") for path in sorted((PROJECT / "tradecases").glob("*.py")))
SERVE = (PROJECT / ".ci" / "serve.sh").read_text(encoding="utf-8")
TABLE = (PROJECT / "docs" / "settings.md").read_text(encoding="utf-8")
COMPOSE = (PROJECT / "compose.yaml").read_text(encoding="utf-8")
NAME = re.compile(r"[A-Z][A-Z0-9_]*")
# Never set where people work: the one shows the inside of errors, the other prints its passwords.
NOT_DEPLOYED = {"DEBUG", "DEMO"}
# The image sets it for every container, beside the files that it collects.
IN_THE_IMAGE = {"STATIC_MANIFEST"}
# Read by the library that talks to a bucket.
OF_THE_BUCKET = {"AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"}


def read_by_settings() -> set[str]:
    """Return the names that the settings ask the environment for: the first argument of each reader's call."""
    names = set()
    for call in ast.walk(ast.parse(SETTINGS)):
        if not isinstance(call, ast.Call) or not call.args or not isinstance(call.args[0], ast.Constant):
            continue
        reader = call.func
        ours = isinstance(reader, ast.Name) and reader.id in {"flag", "url", "whole_number", "networks", "proxies"}
        theirs = isinstance(reader, ast.Attribute) and isinstance(reader.value, ast.Name) and reader.value.id == "env"
        if ours or theirs:
            names.add(str(call.args[0].value))
    return names


def read_by_make_run() -> set[str]:
    """Return the names that `.ci/serve.sh` looks at."""
    return set(re.findall(r"\$\{?([A-Z][A-Z_]+)", SERVE))


def in_the_table() -> set[str]:
    """Return the names in the first column of the table."""
    table = TABLE.partition("| variable |")[2].partition("\n\n")[0]
    first_column = "\n".join(re.findall(r"^\|([^|]*)\|", table, re.MULTILINE))
    return set(re.findall(r"`([A-Z][A-Z0-9_]*)`", first_column))


def in_compose() -> dict[str, str]:
    """Return what compose.yaml hands to the product's containers."""
    block = COMPOSE.partition("  environment:\n")[2].partition("  volumes:")[0]
    return dict(re.findall(r"^    ([A-Z_]+): (.+)$", block, re.MULTILINE))


@pytest.fixture(scope="module")
def starts() -> Iterator[Starts]:
    """Return what starts the settings, in a process of their own each time."""
    with forking() as found:
        yield found


def start(starts: Starts, **environment: str) -> "subprocess.CompletedProcess[str]":
    """Read the settings in a process of its own, with nothing but these variables, and print what mail needs."""
    asked = "DEFAULT_FROM_EMAIL, EMAIL_BACKEND, EMAIL_HOST, EMAIL_PORT, EMAIL_HOST_USER, EMAIL_HOST_PASSWORD"
    code = (
        f"from tradecases.settings import *; print(repr(({asked}, EMAIL_USE_TLS, EMAIL_USE_SSL, str(EMAIL_FILE_PATH))))"
    )
    return starts.run(code, {"SECRET_KEY": "x", "PATH": "", **environment})


def printed(starts: Starts, asked: str, **environment: str) -> str:
    """Return what the settings of such an environment hold under these names."""
    code = f"from tradecases.settings import *; print({asked})"
    done = starts.run(code, {"SECRET_KEY": "x", "PATH": "", **environment})
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_readers_are_found() -> None:
    assert {"SECRET_KEY", "DEBUG", "DATABASE_URL", "OIDC_CLIENT_SECRET", "SESSION_MINUTES"} <= read_by_settings()
    assert {"HOST", "PORT", "WORKERS", "PYTHON"} <= read_by_make_run()
    assert all(NAME.fullmatch(name) for name in read_by_settings() | read_by_make_run())


def test_every_variable_stands_in_the_table_and_none_that_nobody_reads() -> None:
    assert in_the_table() == read_by_settings() | read_by_make_run()


def test_what_a_deployment_sets_is_handed_to_the_containers() -> None:
    assert set(in_compose()) == read_by_settings() - NOT_DEPLOYED - IN_THE_IMAGE | OF_THE_BUCKET
    image = (PROJECT / "Dockerfile").read_text(encoding="utf-8")
    assert all(f"{name}=" in image for name in IN_THE_IMAGE)


def test_an_empty_variable_means_the_same_as_none(starts: Starts) -> None:
    optional = {name: "" for name, value in in_compose().items() if value.endswith(":-}")}
    assert {"DEFAULT_FROM_EMAIL", "SESSION_MINUTES", "STAFF_SECOND_FACTOR", "STORAGE_URL", "OIDC_ISSUER"} <= set(
        optional
    )
    empty, unset = start(starts, **optional), start(starts)
    assert empty.returncode == 0, empty.stderr
    assert empty.stdout == unset.stdout


@pytest.mark.parametrize(
    ("environment", "sender"),
    [
        ({}, "Tradecases <no-reply@localhost>"),
        ({"BASE_URL": "https://petitions.example.gov"}, "Tradecases <no-reply@petitions.example.gov>"),
        ({"BASE_URL": "http://192.0.2.7:8000"}, "Tradecases <no-reply@localhost>"),
        ({"BASE_URL": "http://[2001:db8::1]:8000"}, "Tradecases <no-reply@localhost>"),
        ({"BASE_URL": "https://petitions.example.gov", "DEFAULT_FROM_EMAIL": "a@b.example"}, "a@b.example"),
    ],
)
def test_mail_comes_from_the_site(starts: Starts, environment: dict[str, str], sender: str) -> None:
    assert ast.literal_eval(start(starts, **environment).stdout)[0] == sender


SMTP, FILES = (f"django.core.mail.backends.{kind}.EmailBackend" for kind in ("smtp", "filebased"))


@pytest.mark.parametrize(
    ("url", "meant"),
    [
        ("smtp+tls://ann:s%40fe@mail.example.gov:587", (SMTP, "mail.example.gov", 587, "ann", "s@fe", True, False)),
        ("smtp+ssl://mail.example.gov", (SMTP, "mail.example.gov", 0, "", "", False, True)),
        ("smtp://127.0.0.1:25", (SMTP, "127.0.0.1", 25, "", "", False, False)),
        ("filemail:////srv/mail", (FILES, "localhost", 0, "", "", False, False)),
        ("", (FILES, "localhost", 0, "", "", False, False)),
    ],
)
def test_how_mail_is_sent(starts: Starts, url: str, meant: tuple[object, ...]) -> None:
    said = ast.literal_eval(start(starts, EMAIL_URL=url).stdout)
    assert said[1:-1] == meant
    assert said[-1].endswith("mail")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SESSION_MINUTES", "9"),
        ("TOKEN_REQUESTS", "0"),
        ("TOKEN_REQUESTS", "600/min"),
        ("DEBUG", "maybe"),
        ("EMAIL_URL", "ftp://x"),
        ("WEBHOOK_NETWORKS", "10.1.2.3/8"),
        ("DB_POOLED", "1"),  # without a PostgreSQL
        ("DIRECT_DATABASE_URL", "postgresql://user@127.0.0.1/tradecases"),
        ("DB_POOLED", "statement"),
        ("DB_POOLED", "session"),
    ],
)
def test_a_wrong_value_stops_the_start_with_its_name(starts: Starts, name: str, value: str) -> None:
    stopped = start(starts, **{name: value})
    assert stopped.returncode != 0
    assert name in stopped.stderr


@pytest.mark.parametrize(
    ("environment", "preload"),
    [
        ({"BASE_URL": "https://petitions.example.gov"}, "31536000 True False"),
        ({"BASE_URL": "https://petitions.example.gov", "HSTS_PRELOAD": "1"}, "31536000 True True"),
        ({"BASE_URL": "http://127.0.0.1:8000", "HSTS_PRELOAD": "1"}, "0 False False"),
    ],
)
def test_a_host_is_preloaded_only_when_asked(starts: Starts, environment: dict[str, str], preload: str) -> None:
    asked = "SECURE_HSTS_SECONDS, SECURE_HSTS_INCLUDE_SUBDOMAINS, SECURE_HSTS_PRELOAD"
    assert printed(starts, asked, **environment).strip() == preload


@pytest.mark.parametrize(
    ("base_url", "said"),
    [
        ("https://petitions.example.gov", "__Host-sessionid __Host-csrftoken __Host-messages Lax Lax True True True"),
        ("http://127.0.0.1:8000", "sessionid csrftoken messages Lax Lax True False False"),
    ],
)
def test_cookies_are_the_hosts_own_over_https(starts: Starts, base_url: str, said: str) -> None:
    code = (
        "from django.conf import settings as s; from exclusions.views.core.message_cookie import HostCookie as m; "
        "print(s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME, m.cookie_name, s.SESSION_COOKIE_SAMESITE, "
        "s.CSRF_COOKIE_SAMESITE, s.SESSION_COOKIE_HTTPONLY, s.SESSION_COOKIE_SECURE, s.SECURE_SSL_REDIRECT)"
    )
    sent = {"SECRET_KEY": "x", "PATH": "", "BASE_URL": base_url, "DJANGO_SETTINGS_MODULE": "tradecases.settings"}
    assert starts.run(code, sent).stdout.strip() == said


@pytest.mark.parametrize(
    ("behind", "said"), [("", 0), ("0", 0), ("off", 0), ("1", 1), ("True", 1), ("on", 1), ("2", 2)]
)
def test_the_api_trusts_as_many_proxies_as_are_said_to_be_there(starts: Starts, behind: str, said: int) -> None:
    asked = "BEHIND_PROXY, REST_FRAMEWORK['NUM_PROXIES'], SECURE_PROXY_SSL_HEADER is not None"
    assert printed(starts, asked, BEHIND_PROXY=behind).strip() == f"{said} {said} {said > 0}"


@pytest.mark.parametrize("behind", ["-1", "10", "1.5", "two", "9" * 5000])
def test_what_is_no_number_of_proxies_stops_the_start(starts: Starts, behind: str) -> None:
    refused = start(starts, BEHIND_PROXY=behind)
    assert refused.returncode != 0
    assert "must be the number of proxies that each request comes through, 0 to 9" in refused.stderr


def test_a_secret_may_come_in_a_file_and_the_variable_that_names_a_missing_one_is_named(
    starts: Starts, tmp_path: Path
) -> None:
    secret = tmp_path / "key"
    secret.write_text("from a file\n")
    asked = "SECRET_KEY, DATABASES['default']['NAME']"
    database = tmp_path / "database"
    database.write_text("postgresql://somebody:secret@127.0.0.1/kept_apart\n")
    files = {"SECRET_KEY_FILE": str(secret), "DATABASE_URL_FILE": str(database)}
    assert printed(starts, asked, **files).strip() == "from a file kept_apart"
    refused = start(starts, SECRET_KEY_FILE=str(tmp_path / "nowhere"))
    assert refused.returncode != 0
    assert "SECRET_KEY_FILE must name a file of text that can be read" in refused.stderr


@pytest.mark.parametrize(
    ("environment", "nowhere"),
    [
        ({}, True),
        ({"DEMO": "1"}, False),
        ({"DEBUG": "1"}, False),
        ({"EMAIL_URL": "smtp://127.0.0.1:25"}, False),
        ({"EMAIL_URL": "filemail:///somewhere"}, False),
    ],
)
def test_letters_that_reach_nobody_are_known(starts: Starts, environment: dict[str, str], nowhere: bool) -> None:
    assert printed(starts, "MAIL_GOES_NOWHERE", **environment).strip() == str(nowhere)


@pytest.mark.parametrize(("environment", "nowhere"), [({}, True), ({"EMAIL_URL": "smtp://127.0.0.1:25"}, False)])
def test_letters_that_reach_nobody_are_warned_of(environment: dict[str, str], nowhere: bool) -> None:
    sent = {"SECRET_KEY": "x", "PATH": "", **environment}
    command = [sys.executable, "manage.py", "check"]
    said = subprocess.run(command, cwd=PROJECT, env=sent, capture_output=True, text=True, check=True).stderr
    assert ("EMAIL_URL is not set" in said) == nowhere


def test_the_steps_of_make_run_are_as_many_as_each_of_them_says() -> None:
    called = re.findall(r"^( *)step \"", SERVE, re.MULTILINE)
    headed = len([heading for heading, _ in STEPS if heading])
    assert called.count("") == len(called), "a step that is left out at times would not be counted"
    assert int(re.findall(r"^steps=(\d+)$", SERVE, re.MULTILINE)[0]) == len(called) + headed
    assert f"reached=$((reached + {headed}))" in SERVE


def test_compose_loads_what_make_run_loads() -> None:
    loaded = [" ".join(command) for _, command in STEPS if command[0].startswith("load_")]
    assert re.findall(r"load_\w+(?: --[a-z-]+)*", COMPOSE) == loaded == ["load_shipped --schedule --rounds"]
