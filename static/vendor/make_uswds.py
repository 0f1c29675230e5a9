"""Make static/vendor/uswds of the npm packages @uswds/uswds and sass, as README.md beside this file says.

    python static/vendor/make_uswds.py var/npm/node_modules

Written are: css/uswds.css, which Sass makes of uswds.scss; the pictures that it names; the fonts in use; the licences; and
SHA256SUMS over all of it and over uswds.scss, so that a sheet older than its source is seen.
"""

import hashlib
import re
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
MADE = HERE / "uswds"
FONTS = (
    "fonts/source-sans-pro/sourcesanspro-regular-webfont.woff2",
    "fonts/source-sans-pro/sourcesanspro-bold-webfont.woff2",
    "fonts/source-sans-pro/sourcesanspro-italic-webfont.woff2",
    "fonts/roboto-mono/roboto-mono-v5-latin-regular.woff2",
)


def sheet(modules: Path) -> str:
    """Return the style sheet that Sass makes of uswds.scss."""
    sass = [modules / ".bin" / "sass", "--style=compressed", "--no-source-map"]
    command = [*sass, f"--load-path={modules / '@uswds/uswds/packages'}", HERE / "uswds.scss"]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def main(modules: Path) -> None:
    """Write static/vendor/uswds anew of the packages in a folder node_modules."""
    package = modules / "@uswds" / "uswds"
    text = sheet(modules)
    pictures = sorted(set(re.findall(r"url\(\"?\.\./(img/[^\")]+)", text)))
    shutil.rmtree(MADE, ignore_errors=True)
    for name in [*FONTS, *pictures]:
        (MADE / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(package / "dist" / name, MADE / name)
    (MADE / "css").mkdir()
    (MADE / "css" / "uswds.css").write_text(text)
    shutil.copyfile(package / "LICENSE.md", MADE / "LICENSE.md")
    files = [HERE / "uswds.scss", *sorted(path for path in MADE.rglob("*") if path.is_file())]
    sums = [f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.relative_to(HERE)}\n" for path in files]
    (HERE / "SHA256SUMS").write_text("".join(sums))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
