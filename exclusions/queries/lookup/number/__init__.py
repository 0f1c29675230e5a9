"""The answer page of a number: what it shows, made of the facts about the number and of the docket."""
