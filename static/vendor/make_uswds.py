"""Copy from the npm package @uswds/uswds the files that this site serves: python make_uswds.py uswds-uswds-3.14.0.tgz."""

import hashlib
import re
import sys
import tarfile
from pathlib import Path

HERE = Path(__file__).parent / "uswds"
WANTED = ["css/uswds.min.css", "js/uswds.min.js", "js/uswds-init.min.js", "img/sprite.svg"]


def main(archive: str) -> None:
    """Write static/vendor/uswds/ anew from the package `archive` (.tgz), with SHA256SUMS over what was written."""
    with tarfile.open(archive) as package:

        def content(member: str) -> bytes:
            found = package.extractfile(f"package/{member}")
            if found is None:
                raise SystemExit(f"{archive} holds no {member}: is it the @uswds/uswds package?")
            return found.read()

        # The style sheet says "../fonts/x"; that path works here as it is, so only the files it names are copied.
        named = re.findall(r"url\(\.\./([^)]+)\)", content("dist/css/uswds.min.css").decode())
        files = {name: content(f"dist/{name}") for name in sorted({*WANTED, *named})}
        files["LICENSE.md"] = content("LICENSE.md")
    sums = []
    for name, data in sorted(files.items()):
        if name.endswith((".css", ".js")):
            # The maps are not shipped, and a manifest storage stops at a reference it cannot follow.
            data = re.sub(rb"\n?(/\*|//)# sourceMappingURL=\S+( \*/)?", b"", data)
        target = HERE / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
        sums.append(f"{hashlib.sha256(data).hexdigest()}  {name}\n")
    (HERE / "SHA256SUMS").write_text("".join(sums))


if __name__ == "__main__":
    main(sys.argv[1])
