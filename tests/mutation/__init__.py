"""Mutation run (`make mutants`): small faults are put into the rules one at a time, and some test has to notice.

The maintained tools were tried first: mutmut 3 leaves out whatever stands outside of functions, so it never touches the
workflow table, and cosmic-ray has no operator that takes an entry out of a table or a field out of a call.
"""
