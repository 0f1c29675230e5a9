"""What axe says of a page; the contrast of a text of one kind is looked at once, not on each page again.

To look at contrasts takes more than half of the time of axe. One hangs on the colour, the size and the weight of a text
and on what is behind it. A text is left out where axe found another of just these to be right; one that axe did not
judge (hidden, disabled, before a picture) vouches for no other, and one that floats over the page is always looked at.
"""

from collections.abc import Iterator
from itertools import count
from typing import Any

from axe_playwright_python.base import AXE_SCRIPT, AxeResults
from playwright.sync_api import Page

from tests.depth import DEEP

WIDTHS = (360, 1280)

LOOK = """async known => {
  const seen = new Set(known), under = new Map(), fresh = new Map(), right = [];
  const behind = e => {
    if (!e) return '';
    if (!under.has(e)) {
      const s = getComputedStyle(e), rest = behind(e.parentElement);
      const plain = s.backgroundColor === 'rgba(0, 0, 0, 0)' && s.backgroundImage === 'none';
      const own = `${s.opacity} ${s.filter} ${s.mixBlendMode}${plain ? '' : s.backgroundColor + s.backgroundImage}`;
      const floats = !['static', 'relative'].includes(s.position) || s.transform !== 'none';
      under.set(e, floats || rest === null ? null : own === '1 none normal' ? rest : `${own} | ${rest}`);
    }
    return under.get(e);
  };
  for (const e of document.body.querySelectorAll('*')) {
    const says = e.matches('input, select, textarea') || [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim());
    if (!says) continue;
    const s = getComputedStyle(e), back = behind(e);
    const kind = back === null ? null : [s.color, s.fontSize, s.fontWeight, s.textShadow, back].join(' ');
    if (!seen.has(kind)) fresh.set(e, kind);
  }
  const found = await axe.run({resultTypes: ['violations'], rules: {'color-contrast': {enabled: false}}});
  if (fresh.size) {
    const options = {runOnly: ['color-contrast'], resultTypes: ['violations', 'passes'], elementRef: true};
    const contrast = await axe.run({include: [...fresh.keys()]}, options);
    found.violations.push(...contrast.violations);
    right.push(...contrast.passes.flatMap(rule => rule.nodes.map(node => fresh.get(node.element))).filter(Boolean));
  }
  return [found, [...new Set(right)]];
}"""


def in_turn(first: int) -> Iterator[tuple[int, ...]]:
    """Yield the widths at which axe looks at one page and the next: both, or in `make test` one, then the other."""
    return (WIDTHS if DEEP else (WIDTHS[number % len(WIDTHS)],) for number in count(first))


def wrong(page: Page, known: set[str]) -> AxeResults:
    """Return what axe finds wrong on the page; the kinds of text whose contrast is right are added to those known."""
    found: Any
    # Half a megabyte, which a page that is looked at at another width has already.
    if not page.evaluate("() => Boolean(window.axe)"):
        page.evaluate(f"{AXE_SCRIPT};0")
    found, right = page.evaluate(LOOK, sorted(known))
    known.update(right)
    return AxeResults(found)
