"""Gates and rights of notices, terms and letters' templates."""
