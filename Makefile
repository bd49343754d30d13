# Every command of this repository. `make run` needs Python 3.11 or newer (with venv) and make, nothing else.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help

PYTHON ?= python3
PY := .venv/bin/python
TESTS ?= tests
WORKERS ?= 2
COMPILE_LOCK := .venv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	--no-annotate --custom-compile-command "make lock"
FLOORS := $(patsubst %/__init__.py,%,$(wildcard $(addsuffix /__init__.py,commons practices forum events frontend)))
CATALOGUES := $(patsubst %.po,%.mo,$(wildcard */locale/*/LC_MESSAGES/*.po))
# Checks and type plug-ins load the settings, which draw a secret: they get a folder of their own, never the real data.
CHECKING := COMMONS_VAR=$(CURDIR)/var/check

# -- Use it ---------------------------------------------------------------------

.PHONY: help run messages-compiled
help: ## Say what each target does.
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1\t/' | expand -t 18

run: .venv/run.lock messages-compiled ## Serve Commons on http://127.0.0.1:$${PORT:-8000} with its demo; Ctrl-C ends all.
	@exec $(PY) manage.py serve --demo

.PHONY: run-full
run-full: .venv/dev.lock messages-compiled ## The same site as production runs it: PostgreSQL, Redis, several processes, a proxy on $${PORT:-8000}.
	@exec $(PY) -m topology

# The copies of the lock files inside .venv say what is installed; comparing their text survives checkouts and clones.
# A lock names everything, so pip resolves nothing (--no-deps): asked to, it refuses an extra (coverage[toml]) that a newer
# release than the locked one could satisfy.
.PHONY: .venv/run.lock .venv/dev.lock node_modules/lock
.venv/run.lock: .venv/bin/python
	@cmp -s requirements.lock $@ || { echo "Installing what Commons runs on (a minute or two, once)…"; \
	$(PY) -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements.lock; \
	cp requirements.lock $@; }

# The development lock pins what the first one pins, so it installs both.
.venv/dev.lock: .venv/bin/python
	@cmp -s requirements-dev.lock $@ || { echo "Installing what Commons is checked with…"; \
	$(PY) -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements-dev.lock; \
	cp requirements-dev.lock $@; cp requirements.lock .venv/run.lock; }

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	{ echo "Commons needs Python 3.11 or newer; name it with PYTHON=python3.12 make run."; exit 1; }
	@$(PYTHON) -m venv .venv || \
	{ rm -rf .venv; echo "Python's venv is missing: install Debian's package python3-venv."; exit 1; }

messages-compiled: $(CATALOGUES)
%.mo: %.po | .venv/run.lock
	@.venv/bin/pybabel --quiet compile --input-file=$< --output-file=$@

# -- Prove it -------------------------------------------------------------------

# Two at a time, each one's words in one piece: while one waits, for a server or a browser, the other works. Journeys wait
# most, so they come first: alone at the end, they would leave a core idle.
SIDE_BY_SIDE = $(MAKE) --no-print-directory --jobs=2 --output-sync=target
CHECKS := check-style check-layers check-types check-project check-openapi check-scripts check-shape
.PHONY: test check $(CHECKS) check-messages
test: packages check check-messages ## Run every check and every test.
	@$(SIDE_BY_SIDE) test-journeys test-services test-embedded
	@.venv/bin/coverage report --skip-covered

check: .venv/dev.lock node_modules/lock ## Run the fast part, each check beside the others: no test of behaviour.
	@$(SIDE_BY_SIDE) $(CHECKS)

check-style: .venv/dev.lock
	@.venv/bin/ruff check .
	@.venv/bin/ruff format --check .
	@.venv/bin/djlint --quiet --lint .

check-layers: .venv/dev.lock
	@.venv/bin/lint-imports --no-logo

check-types: .venv/dev.lock
	@$(CHECKING) .venv/bin/mypy .

check-project: .venv/dev.lock
	@$(CHECKING) $(PY) -W error manage.py check --fail-level WARNING
	@$(CHECKING) $(PY) -W error manage.py makemigrations --check --dry-run

check-openapi: .venv/dev.lock
	@mkdir -p var/check
	@$(CHECKING) $(PY) manage.py spectacular --validate --fail-on-warn --file var/check/openapi.yaml
	@diff -u docs/openapi.yaml var/check/openapi.yaml || { echo "The API has moved: read the difference, then 'make openapi'."; exit 1; }

check-scripts: node_modules/lock
	@node_modules/.bin/tsc --project jsconfig.json

check-shape: .venv/dev.lock
	@.venv/bin/pytest -q tests/architecture -m "not messages"

check-messages: .venv/dev.lock packages ## Prove that every French sentence has its English one.
	@.venv/bin/pytest -q -vv tests/architecture -m messages

.PHONY: packages test-embedded test-services test-journeys
packages:
	@tests/packages.sh

# Behaviour, twice: as a newcomer runs it (SQLite, everything embedded), then as a house hosts it. Lines are counted in the
# first alone, where the gate of 95 % holds: counting doubles what a test costs.
TWICE := --numprocesses=$(WORKERS) --dist=worksteal --ignore=tests/architecture $(TESTS)
test-embedded: .venv/dev.lock node_modules/lock messages-compiled ## Test behaviour on SQLite, with everything embedded.
	@env -u DATABASE_URL -u REDIS_URL -u MEILISEARCH_URL .venv/bin/pytest -q --cov --cov-report= --cov-fail-under=0 -m "not browser" $(TWICE)

test-services: .venv/dev.lock node_modules/lock messages-compiled ## Test behaviour again on real PostgreSQL and Redis servers.
	@$(PY) -m tests.services .venv/bin/pytest -q -m "not browser and not once" $(TWICE)

test-journeys: .venv/dev.lock node_modules/lock messages-compiled ## Walk the journeys in Chromium.
	@env -u DATABASE_URL -u REDIS_URL -u MEILISEARCH_URL .venv/bin/pytest -q --numprocesses=$(WORKERS) --dist=loadfile -m browser tests/journeys

.PHONY: bench bench-full
bench: .venv/dev.lock messages-compiled ## Measure pages, API, writes at SIZES sheets, then live rooms, each beside a floor (six minutes).
	@$(PY) -m bench $(if $(SIZES),--sizes $(SIZES))
	@$(PY) -m bench.live
	@$(PY) -m bench.room
	@$(PY) -m bench.notices

bench-full: .venv/dev.lock messages-compiled ## The same on granian x 2, PostgreSQL and Valkey, up to 100,000 sheets (ten minutes).
	@$(PY) -m bench --full $(if $(SIZES),--sizes $(SIZES))

.PHONY: soak audit
soak: .venv/dev.lock messages-compiled ## Ten minutes (SOAK_MINUTES) of load on the full topology while its processes are killed.
	@$(PY) -m bench.soak

audit: .venv/dev.lock ## Ask the public database of vulnerabilities about every locked package (needs the network).
	@.venv/bin/uv tool run --from pip-audit==2.10.1 pip-audit --disable-pip --no-deps --strict \
	--requirement requirements.lock --requirement requirements-dev.lock
	@npm audit --package-lock-only

# -- Keep it --------------------------------------------------------------------

.PHONY: format lock messages openapi vendor
format: .venv/dev.lock ## Lay the code out and mend what can be mended by itself.
	@.venv/bin/ruff check --fix .
	@.venv/bin/ruff format .

lock: .venv/dev.lock ## Write the lock files again from pyproject.toml and package.json.
	@$(COMPILE_LOCK) pyproject.toml --output-file requirements.lock
	@$(COMPILE_LOCK) --group dev --constraint requirements.lock pyproject.toml --output-file requirements-dev.lock
	@npm install --package-lock-only --ignore-scripts

messages: .venv/dev.lock packages ## Bring the English catalogues up to date with the French sentences in the code.
	@for floor in $(FLOORS); do mkdir -p $$floor/locale; (cd $$floor && \
	../$(PY) -m django makemessages --locale en --no-location --no-wrap --no-obsolete); done

openapi: .venv/dev.lock ## Write docs/openapi.yaml again from the API.
	@$(CHECKING) $(PY) manage.py spectacular --validate --fail-on-warn --file docs/openapi.yaml

vendor: .venv/dev.lock node_modules/lock ## Copy the front-end files we serve from the locked npm packages.
	@$(PY) frontend/vendor.py

node_modules/lock: packages
	@cmp -s package-lock.json $@ || { npm ci --ignore-scripts --silent; cp package-lock.json $@; }
