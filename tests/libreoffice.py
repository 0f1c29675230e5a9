"""LibreOffice, which tests alone start: it writes files that the product did not make, and opens those that it made."""

import shutil
import subprocess
from pathlib import Path

from tests.conftest import cannot_run

_SECONDS = 240


def program() -> str:
    """Return where LibreOffice is; the test is not run without it."""
    found = shutil.which("soffice")
    if found is None:
        cannot_run("needs LibreOffice: apt-get install -y --no-install-recommends libreoffice-{writer,calc}-nogui")
    return found or ""


def converted(files: dict[str, bytes], to: str, folder: Path) -> dict[str, bytes]:
    """Return files, {name: content}, in another kind ("pdf"), by the names that they had without their endings."""
    given, made = folder / "given", folder / f"made-{to}"
    for path in (given, made):
        shutil.rmtree(path, ignore_errors=True)
        path.mkdir(parents=True)
    for name, content in files.items():
        (given / name).write_bytes(content)
    command = [program(), f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--convert-to", to]
    paths = [str(given / name) for name in files]
    subprocess.run([*command, "--outdir", str(made), *paths], check=True, capture_output=True, timeout=_SECONDS)
    return {path.stem: path.read_bytes() for path in made.iterdir()}
