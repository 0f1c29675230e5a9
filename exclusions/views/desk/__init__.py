"""Pages of the staff that concern many cases, or what is asked and told about one."""
