"""Hostile requests to every address, by everybody: none may break the site, and a refusal says why."""
