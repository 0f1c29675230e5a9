"""The Chromium of this machine, for the tests in a browser and the bench: the system's own, no download.

python -m tests.chromium        nothing to say; status 1, and a line: none is installed
"""

import shutil
import sys

# By preference: the first is the same browser without windows, which takes half the processor time of the others.
BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")

# Whether a page is no wider than its window, asked of the page.
FITS = "document.documentElement.scrollWidth <= document.documentElement.clientWidth"


def installed() -> str | None:
    """Return where the browser is."""
    return next(filter(None, map(shutil.which, BROWSERS)), None)


if __name__ == "__main__":
    sys.exit(None if installed() else f"None of these is installed: {', '.join(BROWSERS)}.")
