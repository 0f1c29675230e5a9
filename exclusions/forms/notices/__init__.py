"""Forms for notices, letters' templates, terms and renumbering."""
