"""Files of the tariff: editions, lists, exclusions, note 20, the shipped facts."""
