"""Makes the two files of exclusions/data that let the schedule be searched in the first minute.

    .venv/bin/python .ci/shipped_schedule.py edition EXPORT.json.gz   a USITC export -> hts_2026_rev_6.csv.gz
    .venv/bin/python .ci/shipped_schedule.py words WORDS.csv          word, heading, subheading -> words_for_goods.csv

The edition keeps numbers, indents, descriptions, units and the three rates as printed; footnotes, quotas and
additional duties go. The words keep the word, the number and how sure it is; a word that is cut off or misspelt in the
source is written as `.ci/words_mended.csv` says. The same input makes the same bytes.
"""

import csv
import gzip
import io
import json
import re
import sys
from collections import defaultdict
from pathlib import Path

DATA = Path(__file__).resolve().parent.parent / "exclusions" / "data"
MENDED = Path(__file__).with_name("words_mended.csv")
EDITION = "hts_2026_rev_6.csv.gz"
COLUMNS = {
    "HTS Number": "htsno",
    "Indent": "indent",
    "Description": "description",
    "Unit of Quantity": "units",
    "General Rate of Duty": "general",
    "Special Rate of Duty": "special",
    "Column 2 Rate of Duty": "other",
}
# What the United States classify elsewhere than the source does, and words that are none.
ELSEWHERE = {"breast pump", "breast pumps", "qux"}


def edition(source: Path) -> None:
    """Write the export's rows, compact."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for row in json.loads(gzip.decompress(source.read_bytes())):
        units = json.dumps(row["units"], ensure_ascii=False, separators=(",", ":")) if row["units"] else ""
        writer.writerow([units if name == "units" else row[name] or "" for name in COLUMNS.values()])
    # No name and no time in the head, so that the same export makes the same file.
    (DATA / EDITION).write_bytes(gzip.compress(out.getvalue().encode(), 9, mtime=0))


def words(source: Path) -> None:
    """Write the words, those of one number and confidence on one line.

    Of a subheading that the shipped edition does not have, the heading is kept.
    """
    rows = csv.reader(io.StringIO(gzip.decompress((DATA / EDITION).read_bytes()).decode()))
    there = {row[0].replace(".", "")[:6] for row in rows if row[0]}
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    with MENDED.open(encoding="utf-8", newline="") as file:
        instead = {row["word"]: row["instead"] for row in csv.DictReader(file)}
    with source.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            phrase = " ".join(row["word_or_phrase"].replace(";", ",").split())
            phrase = re.sub(r"[a-z]+", lambda word: instead.get(word[0], word[0]), phrase)
            if phrase in ELSEWHERE:
                continue
            number = row["hs6"] if row["hs6"] in there else row["hs4"]
            found[number, f"{float(row['confidence']):.1f}"].add(phrase)
    with (DATA / "words_for_goods.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["number", "confidence", "phrases"])
        for (number, confidence), phrases in sorted(found.items()):
            writer.writerow([number, confidence, "; ".join(sorted(phrases))])


if __name__ == "__main__":
    {"edition": edition, "words": words}[sys.argv[1]](Path(sys.argv[2]))
