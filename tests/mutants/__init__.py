"""Small faults are put into the rules, one at a time, and some test has to notice (`make mutants`).

mutmut makes and judges those of functions; its choice of modules and tests is in pyproject.toml. It leaves out whatever
stands outside of functions, as the tables of the workflow do: `rows.py` has a few operators for those. They, and a
sample of mutmut's, are put into copies of the source (`planted.py`).
"""
