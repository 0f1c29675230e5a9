"""Files of public records into the tariff, the registry, the rounds and the docket."""
