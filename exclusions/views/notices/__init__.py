"""Pages for notices and their annexes, letters' templates, terms and renumbering."""
