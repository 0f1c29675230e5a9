# The two commands that matter are `make run` and `make test`. Each target is one script under .ci/.
SHELL := /bin/bash
export PYTHON HOST PORT STRICT DEEP COVERED SHARED_DATA T ON
.DEFAULT_GOAL := help
.PHONY: help run test one bench mutants walks worker lock audit format

help:  ## what can be done here
	@echo "Tariff exclusion petitions. Say 'make' and one of these:"; echo
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  \1\t\2/p' $(MAKEFILE_LIST) | expand -t 12
	@echo; echo "HOST and PORT choose the address of 'make run'; README.md lists every variable."

run:  ## install, migrate, load the shipped facts, seed a demonstration, serve http://127.0.0.1:8000
	@bash .ci/serve.sh

test:  ## the whole bar: format, lint, layers, types, then the tests on SQLite, PostgreSQL with Redis, and a browser
	@bash .ci/bar.sh

one:  ## the tests that T names, in about a second: make one T=tests/unit/test_hts.py (ON=postgres: there)
	@bash .ci/one.sh

bench:  ## page times as ratios to a floor, on SQLite and PostgreSQL, with the real List 3 docket (PARTS="filing hostile")
	@bash .ci/install.sh dev && .venv/bin/python .ci/services.py --optional -- .venv/bin/python -m tests.bench $(PARTS)

mutants:  ## put small faults into the rules and see whether a test notices (SAMPLE=20 SEED=1 JOBS=2 ONLY=permissions)
	@bash .ci/install.sh dev && .venv/bin/python -m tests.mutants $(if $(SAMPLE),--sample $(SAMPLE)) $(if $(SEED),--seed $(SEED)) $(if $(JOBS),--jobs $(JOBS)) $(if $(ONLY),--only $(ONLY))

walks:  ## walk the workflow at random: 2,000 walks on SQLite, a tenth of that on PostgreSQL (WALKS=2000 JOBS=2)
	@bash .ci/install.sh dev && bash .ci/walks.sh $(or $(WALKS),2000) $(or $(JOBS),2)

worker:  ## a Celery worker with its clock, for the queue that REDIS_URL names
	@bash .ci/worker.sh

lock:  ## write requirements.txt and requirements-dev.txt anew from the .in files
	@bash .ci/install.sh dev && bash .ci/lock.sh

audit:  ## look the installed packages up in the list of known vulnerabilities
	@bash .ci/install.sh dev && bash .ci/audit.sh

format:  ## let ruff and djade format the code and the templates
	@bash .ci/install.sh dev && .venv/bin/ruff check --fix-only -q . && .venv/bin/ruff format . && git ls-files 'templates/*.html' 'templates/*.txt' | xargs -r .venv/bin/djade
