"""The operations of the migration that stands for 0001 to 0101: tables noun by noun, each after what it points at."""
