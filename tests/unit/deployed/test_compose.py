"""What compose.yaml promises of its containers, read as data: there is no Docker where the tests run."""

import os
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml
from gunicorn.config import GracefulTimeout

from tests.conftest import PROJECT

COMPOSE: dict[str, Any] = yaml.safe_load((PROJECT / "compose.yaml").read_text(encoding="utf-8"))
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
IMAGE = (PROJECT / "Dockerfile").read_text(encoding="utf-8")
PIN = PROJECT / ".ci" / "pin_images.sh"
ONCE = {"migrate"}
OURS = {name for name, service in SERVICES.items() if "build" in service}
NAMED = re.compile(r"\$\{([A-Z]+_IMAGE):-([^}]+)\}")


def seconds(span: str) -> int:
    assert span.endswith("s")
    return int(span.removesuffix("s"))


@pytest.mark.parametrize("name", sorted(set(SERVICES) - ONCE))
def test_what_runs_on_says_whether_it_is_well_has_limits_and_ends_in_peace(name: str) -> None:
    service = SERVICES[name]
    assert service["restart"] == "unless-stopped"
    check = service["healthcheck"]
    assert check["test"][0] in {"CMD", "CMD-SHELL"}
    assert seconds(check["timeout"]) > 0
    assert service["mem_limit"]
    assert service["cpus"]
    assert seconds(service["stop_grace_period"]) >= 30


def test_gunicorn_is_given_longer_than_it_gives_its_requests() -> None:
    assert seconds(SERVICES["web"]["stop_grace_period"]) > GracefulTimeout.default
    assert "--graceful-timeout" not in IMAGE


@pytest.mark.parametrize("name", sorted(OURS))
def test_the_product_hears_term_writes_nowhere_else_and_may_do_nothing_that_it_need_not(name: str) -> None:
    service = SERVICES[name]
    assert service["init"] is True
    assert service["read_only"] is True
    assert service["tmpfs"].startswith("/tmp")
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert {volume.partition(":")[2] for volume in service["volumes"]} == {
        "/srv/tradecases/var/files",
        "/srv/tradecases/var/mail",
    }
    if name not in ONCE:
        assert "sh" not in (service.get("command") or [])[:1], "a shell hands no signal on"


def test_redis_asks_for_the_password_that_everybody_else_is_told() -> None:
    assert "${REDIS_PASSWORD:?" in " ".join(SERVICES["redis"]["command"])
    assert SERVICES["redis"]["environment"]["REDISCLI_AUTH"].startswith("${REDIS_PASSWORD:?")
    assert all("${REDIS_PASSWORD:?" in SERVICES[name]["environment"]["REDIS_URL"] for name in OURS)


def test_every_image_has_a_whole_version_and_a_name_to_pin_it_by() -> None:
    used = [service["image"] for name, service in SERVICES.items() if name not in OURS]
    used += [SERVICES[name]["build"]["args"]["BASE_IMAGE"] for name in OURS]
    for image in used:
        found = NAMED.fullmatch(image)
        assert found, image
        assert re.fullmatch(r"python:3\.\d+\.\d+-.+|postgres:\d+\.\d+.*|redis:\d+\.\d+\.\d+.*", found[2])
        assert "@" not in image, "a digest is the operator's to take from the registry"
    (base,) = {NAMED.fullmatch(SERVICES[name]["build"]["args"]["BASE_IMAGE"]) for name in ["web"]}
    assert base
    assert f"ARG BASE_IMAGE={base[2]}\nFROM ${{BASE_IMAGE}}\n" in IMAGE


def pinned(folder: Path, says: str) -> "subprocess.CompletedProcess[str]":
    """Run the script with a program in the place of docker."""
    (folder / "docker").write_text(f"#!/bin/sh\n{says}\n")
    (folder / "docker").chmod(0o755)
    environment = {**os.environ, "PATH": f"{folder}:{os.environ['PATH']}"}
    return subprocess.run(["bash", str(PIN)], env=environment, capture_output=True, text=True, check=False)


def test_the_images_are_pinned_by_what_the_registry_says(tmp_path: Path) -> None:
    digest = f"sha256:{'0a' * 32}"
    done = pinned(tmp_path, f"echo {digest}")
    lines = dict(line.split("=", 1) for line in done.stdout.splitlines())
    assert set(lines) == {"BASE_IMAGE", "POSTGRES_IMAGE", "REDIS_IMAGE"}
    assert all(value.endswith(f"@{digest}") for value in lines.values())
    for says, words in (("echo nonsense", "which is no digest"), ("exit 1", "does not tell the digest")):
        failed = pinned(tmp_path, says)
        assert (failed.returncode, failed.stdout) == (1, "")
        assert words in failed.stderr


def test_the_image_can_keep_its_files_in_a_bucket() -> None:
    (install,) = re.findall(r"^RUN pip install .*", IMAGE, re.MULTILINE)
    names = re.findall(r"-r (\S+)", install)
    assert names == ["requirements.txt", "requirements-s3.txt"]
    (copied,) = re.findall(r"^COPY (requirements.*) \./$", IMAGE, re.MULTILINE)
    assert copied.split() == names
    locks = [dict(re.findall(r"^([a-z0-9-]+)\S*==(\S+)", (PROJECT / name).read_text(), re.MULTILINE)) for name in names]
    apart = {name for name in locks[0].keys() & locks[1].keys() if locks[0][name] != locks[1][name]}
    assert apart == set(), "one environment cannot hold two versions of a package"
    assert "boto3" in locks[1]
