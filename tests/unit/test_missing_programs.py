"""The script that brings what the tests start, with programs of this test's own: nothing is installed here."""

import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.conftest import PROJECT

SCRIPTS = [PROJECT / ".ci" / name for name in ("programs.sh", "python.sh")]
OFFICE = "libreoffice-writer-nogui libreoffice-calc-nogui"
TESTED_WITH = f"chromium-headless-shell fonts-liberation clamav-daemon {OFFICE} gettext pgbouncer"
EVERY_PACKAGE = f"{TESTED_WITH} redis-server postgresql"
INSTALL = "apt-get install -y --no-install-recommends"
COULD_NOT_RUN = 77
WRITER, CALC = ("usr/lib/libreoffice/program/" + name for name in ("libswlo.so", "libsclo.so"))
# What apt-get would bring for a package; it does not know the `unknown` ones.
APT = """#!/bin/sh
echo "apt-get $*" >>{home}/asked
[ "$1" = install ] || exit 0
for word; do case " {unknown} " in *" $word "*) echo "E: Unable to locate package $word" >&2; exit 100;; esac; done
for word; do case $word in
    chromium | chromium-headless-shell) : >{home}/bin/$word; chmod +x {home}/bin/$word;;
    clamav-daemon) : >{home}/usr/sbin/clamd; chmod +x {home}/usr/sbin/clamd;;
    libreoffice-writer-nogui) mkdir -p {home}/usr/lib/libreoffice/program; : >{home}/{writer};;
    libreoffice-calc-nogui) mkdir -p {home}/usr/lib/libreoffice/program; : >{home}/{calc};;
    gettext) for one in xgettext msgfmt; do : >{home}/bin/$one; chmod +x {home}/bin/$one; done;;
    pgbouncer) : >{home}/usr/sbin/pgbouncer; chmod +x {home}/usr/sbin/pgbouncer;;
    redis-server) : >{home}/bin/redis-server; chmod +x {home}/bin/redis-server;;
    postgresql) mkdir -p {home}/usr/lib/postgresql/15/bin; : >{home}/usr/lib/postgresql/15/bin/initdb;;
    fonts-liberation) mkdir -p {home}/usr/share/fonts/truetype/liberation;;
esac; done
"""


@dataclass
class Machine:
    """A folder taken for the whole machine, with the programs that a bare Debian has and nothing else."""

    home: Path

    def put(self, name: str, text: str = "#!/bin/sh\n") -> None:
        """Install a program."""
        (self.home / "bin" / name).write_text(text)
        (self.home / "bin" / name).chmod(0o755)

    def put_office_pooler_and_gettext(self) -> None:
        """Install LibreOffice's two programs, the pooler and what collects words to be translated."""
        (self.home / WRITER).parent.mkdir(parents=True)
        for library in (WRITER, CALC):
            (self.home / library).touch()
        for program in ("pgbouncer", "xgettext", "msgfmt"):
            self.put(program)

    def become(self, uid: int) -> None:
        """Let the script run as that user."""
        self.put("id", f"#!/bin/sh\necho {uid}\n")

    def with_apt(self, unknown: str = "") -> None:
        """Give it an apt-get, which does not know some packages."""
        self.put("apt-get", APT.format(home=self.home, unknown=unknown, writer=WRITER, calc=CALC))

    def run(self, **environment: str) -> subprocess.CompletedProcess[str]:
        """Run the script there."""
        known = {"PATH": str(self.home / "bin"), "SYSTEM_ROOT": str(self.home), **environment}
        command = [shutil.which("bash") or "bash", str(self.home / "project" / ".ci" / "programs.sh")]
        return subprocess.run(command, env=known, capture_output=True, text=True, check=False)

    @property
    def asked(self) -> list[str]:
        """Return what apt-get was asked for."""
        file = self.home / "asked"
        return file.read_text().splitlines() if file.exists() else []


@pytest.fixture
def bare(tmp_path: Path) -> Machine:
    """Return a machine with Python and make, as an ordinary user, without apt-get."""
    machine = Machine(tmp_path)
    for folder in ("bin", "usr/sbin", "project/.ci"):
        (tmp_path / folder).mkdir(parents=True)
    for script in SCRIPTS:
        shutil.copy(script, tmp_path / "project" / ".ci")
    for tool in ("dirname", "mkdir", "chmod", "sh"):
        (tmp_path / "bin" / tool).symlink_to(shutil.which(tool) or tool)
    for program in ("make", "python3"):
        machine.put(program)
    machine.become(1000)
    return machine


def test_root_gets_what_is_missing_and_one_line_says_so(bare: Machine) -> None:
    bare.become(0)
    bare.with_apt()
    done = bare.run()
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines() == [
        f"Installing {EVERY_PACKAGE} by apt-get, for the tests that start them …",
        "Every program that the tests start is installed.",
    ]
    assert bare.asked == [
        "apt-get update -qq",
        f"{INSTALL} -qq {EVERY_PACKAGE}",
    ]


def test_a_second_run_installs_nothing(bare: Machine) -> None:
    bare.become(0)
    bare.with_apt()
    bare.run()
    asked = bare.asked
    done = bare.run()
    assert done.returncode == 0
    assert done.stdout == "Every program that the tests start is installed.\n"
    assert bare.asked == asked


def test_only_what_is_missing_is_installed(bare: Machine) -> None:
    bare.become(0)
    bare.with_apt()
    for program in ("chromium-headless-shell", "valkey-server", "initdb"):
        bare.put(program)
    bare.put_office_pooler_and_gettext()
    assert bare.run().returncode == 0
    assert bare.asked[-1].endswith(" -qq fonts-liberation clamav-daemon")


def test_the_browser_without_windows_is_brought_beside_another(bare: Machine) -> None:
    """It takes half the time; any other will do where it is not to be had."""
    bare.become(0)
    bare.with_apt(unknown="chromium-headless-shell")
    for program in ("google-chrome", "clamd", "redis-server", "initdb"):
        bare.put(program)
    bare.put_office_pooler_and_gettext()
    (bare.home / "usr/share/fonts/truetype/liberation2").mkdir(parents=True)
    done = bare.run()
    assert (done.returncode, bare.asked[1]) == (0, f"{INSTALL} -qq chromium-headless-shell")
    assert done.stdout.endswith("Every program that the tests start is installed.\n")
    bare.with_apt()
    assert bare.run().returncode == 0
    assert (bare.home / "bin/chromium-headless-shell").exists()


def test_a_browser_that_the_lists_do_not_know_is_not_asked_for_again(bare: Machine) -> None:
    bare.become(0)
    bare.with_apt(unknown="chromium-headless-shell")
    bare.put("apt-cache", "#!/bin/sh\nexit 100\n")
    (bare.home / "var/lib/apt/lists").mkdir(parents=True)
    (bare.home / "var/lib/apt/lists/elsewhere_Packages").touch()
    assert bare.run().returncode == 0, "the other one is brought in its place"
    assert bare.asked[-1] == f"{INSTALL} -qq postgresql"
    assert f"{INSTALL} -qq chromium" in bare.asked
    asked = bare.asked
    assert bare.run().returncode == 0
    assert bare.asked == asked


def test_whoever_is_not_root_reads_the_one_command_and_what_cannot_run(bare: Machine) -> None:
    bare.with_apt()
    done = bare.run()
    assert done.returncode == COULD_NOT_RUN
    parts = (
        "Tests in Chromium; the tests of the virus scanner; the tests that open cleaned files as people do; "
        "the test that collects the words to be translated; the tests behind a pooler; "
        "Tests on PostgreSQL, Redis, worker"
    )
    assert done.stdout.splitlines() == [
        f"Missing: {EVERY_PACKAGE}. Without that, these cannot run: {parts}.",
        f"As root on Debian: apt-get update && {INSTALL} {EVERY_PACKAGE}",
    ]
    assert bare.asked == []


def test_the_command_names_one_missing_program_alone(bare: Machine) -> None:
    for program in ("chromium", "redis-server", "initdb"):
        bare.put(program)
    bare.put_office_pooler_and_gettext()
    (bare.home / "usr/share/fonts/truetype/liberation2").mkdir(parents=True)
    done = bare.run()
    assert done.returncode == COULD_NOT_RUN
    assert "these cannot run: the tests of the virus scanner.\n" in done.stdout
    assert done.stdout.endswith(f"{INSTALL} clamav-daemon\n")


def test_servers_that_somebody_names_need_no_package(bare: Machine) -> None:
    done = bare.run(TEST_DATABASE_URL="postgresql://elsewhere/x", TEST_REDIS_URL="redis://elsewhere")
    assert f"Missing: {TESTED_WITH}. " in done.stdout


def test_a_python_without_venv_runs_nothing(bare: Machine) -> None:
    bare.put("python3", "#!/bin/sh\nexit 1\n")
    done = bare.run()
    assert "Missing: python3-venv chromium-headless-shell" in done.stdout
    assert "these cannot run: every part; " in done.stdout


def test_a_package_that_is_not_to_be_had_keeps_no_other_away(bare: Machine) -> None:
    bare.become(0)
    bare.with_apt(unknown="chromium chromium-headless-shell")
    done = bare.run()
    assert done.returncode == COULD_NOT_RUN
    assert "E: Unable to locate package chromium" in done.stdout
    assert "Missing: chromium-headless-shell. Without that, these cannot run: Tests in Chromium.\n" in done.stdout


def test_root_of_another_system_reads_the_command(bare: Machine) -> None:
    bare.become(0)
    done = bare.run()
    assert done.returncode == COULD_NOT_RUN
    assert done.stdout.splitlines()[-1].startswith("As root on Debian: apt-get update && ")


def test_the_parts_it_names_are_parts_of_the_bar() -> None:
    bar = (PROJECT / ".ci" / "bar.sh").read_text()
    for name in ("Tests in Chromium", "Tests on PostgreSQL, Redis, worker"):
        assert f'"{name}"' in SCRIPTS[0].read_text()
        assert f'part "{name}" ' in bar
