"""`python -m tests.integration.plain [FILE.csv]`: the grade of each page and mail, with its worst sentences."""

import csv
import os
import subprocess
import sys
import tempfile
from pathlib import Path

TESTS = Path(__file__).with_name("test_grades.py")


def main(kept: Path) -> None:
    """Run the tests that measure; print what they found."""
    kept.unlink(missing_ok=True)
    run = [sys.executable, "-m", "pytest", "-q", "-p", "no:playwright", "-p", "no:anyio", "--tb=no", str(TESTS)]
    subprocess.run(run, env={**os.environ, "GRADES": str(kept)}, check=False, stdout=sys.stderr)
    with kept.open(newline="") as table:
        rows = sorted(csv.reader(table), key=lambda row: float(row[3]) - float(row[2]), reverse=True)
    with kept.open("w", newline="") as table:
        csv.writer(table).writerows([["kind", "page", "most", "grade", "sentences", "worst"], *rows])
    for kind, name, most, found, count, worst in rows:
        sys.stdout.write(f"{found:>5} of {most}  {kind:6} {name} ({count} sentences)\n")
        for one in worst.split(" | "):
            sys.stdout.write(f"          {one}\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(tempfile.mkdtemp()) / "grades.csv")
