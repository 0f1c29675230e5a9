"""Runs of words and names in any order, all of them found in one walk over the words of a text.

The longest word of each run is its anchor. A text without any anchor is passed over by a set operation; at an anchor,
the runs that it may belong to are cut out and looked up.
"""

from collections.abc import Iterator, Sequence

from exclusions.checks.confidential.secret import Secret, Sort

Run = tuple[bytes, ...]


class Phrases:
    """An index of runs of words, each with the secrets that it gives away."""

    def __init__(self) -> None:
        # An anchor gives the lengths and offsets to cut at; the run that is cut there gives the secrets.
        self._cuts: dict[bytes, set[tuple[int, int]]] = {}
        self._runs: dict[Run, list[Secret]] = {}
        self._names: dict[bytes, list[tuple[Secret, Run]]] = {}
        self._anchors: set[bytes] = set()

    def __bool__(self) -> bool:
        return bool(self._runs or any(self._names.values()))

    def add_run(self, run: Sequence[bytes], secret: Secret) -> None:
        """Look for these words, one after the other."""
        key = tuple(run)
        secrets = self._runs.get(key)
        if secrets is None and key:
            anchor = max(key, key=len)
            cut, cuts = (len(key), key.index(anchor)), self._cuts.get(anchor)
            if cuts is None:
                self._cuts[anchor] = {cut}
            else:
                cuts.add(cut)
            self._runs[key] = [secret]
            self._anchors.add(anchor)
        elif secrets and secrets[-1] is not secret:  # a passage may say the same again and again
            secrets.append(secret)

    def add_name(self, name: Sequence[bytes], secret: Secret) -> None:
        """Look for these words together in any order, with at most one other word among them."""
        self._names.setdefault(max(name, key=len), []).append((secret, tuple(name)))
        self._anchors.update(name)

    def find(self, tokens: Sequence[bytes]) -> Iterator[tuple[Secret, int, int]]:
        """Yield each secret that the words give away, with the first word and the end of the place."""
        present = self._anchors.intersection(tokens)
        if not present:
            return
        for place, word in enumerate(tokens):
            if word not in present:
                continue
            for length, offset in self._cuts.get(word, ()):
                start = place - offset
                run = tuple(tokens[start : start + length]) if start >= 0 else ()
                for secret in self._runs.get(run, ()):
                    yield secret, start, start + len(run)
            for secret, name in self._names.get(word, ()):
                for start, stop in _in_any_order(tokens, place, name) if present.issuperset(name) else ():
                    yield secret, start, stop

    def forget(self, tokens: Sequence[bytes]) -> None:
        """Look no longer for the runs and names that these words hold; figures are not the words' to tell."""
        for secret, start, stop in list(self.find(tokens)):
            if secret.sort is Sort.FIGURE:
                continue
            run = tuple(tokens[start:stop])
            self._runs.pop(run, None)
            for names in self._names.values():
                names[:] = [(other, name) for other, name in names if other != secret or not set(run).issuperset(name)]

    def runs(self) -> Iterator[tuple[Run, Secret]]:
        """Yield every run and name that is looked for."""
        for run, secrets in self._runs.items():
            yield from ((run, secret) for secret in secrets)
        for names in self._names.values():
            for secret, name in names:
                yield name, secret


def _in_any_order(tokens: Sequence[bytes], place: int, name: Run) -> Iterator[tuple[int, int]]:
    """Yield where all words of a name stand together around a place, the first time that they do."""
    width = len(name) + 1
    least = max(0, place - width + 1)
    near = tokens[least : place + width]
    if not all(word in near for word in name):
        return
    wanted = set(name)
    for start in range(least, place + 1):
        stop = min(start + width, len(tokens))
        if wanted.issubset(tokens[start:stop]):
            first, last = tokens[start] not in wanted, tokens[stop - 1] not in wanted
            yield start + first, stop - last
            return
