"""Like cases by what came of them, or stands recommended of them, as far as a person may know of it."""
