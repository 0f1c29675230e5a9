"""What stands around the rows of a table like `_components/table.html`."""

BEFORE = (
    '<div class="tc-table" tabindex="0" role="region" aria-label="{label}">'
    '<table class="usa-table usa-table--borderless usa-table--stacked{more}">{caption}<thead><tr>'
)
AFTER = "</tr></thead><tbody>{rows}</tbody></table></div>"
