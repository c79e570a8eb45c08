# One target for each thing one does here. `make` alone lists them.
# Needs Python 3.11 or newer; everything else is fetched, by package name, from PyPI
# and, as root on Debian, from apt.

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

# The first Python that really runs and is new enough. 3.11 first: it made the locks,
# which are good for 3.12 and 3.13 too.
PYTHON = $(shell for p in python3.11 python3.12 python3.13 python3; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	&& { echo $$p; break; }; done)
IN_VENV := .venv/bin/python
PIP := $(IN_VENV) -m pip --disable-pip-version-check --no-input --quiet
LOCK := $(IN_VENV) -m piptools compile --all-build-deps --extra local
# PostgreSQL: the private server is tried with the system's programs and a wheel's.
APT := curl chromium fonts-noto-cjk postgresql
# Only for `make test`: how many processes, and what else to tell pytest.
WORKERS ?= 2
PYTEST ?=

##@ Use

help: ## list the targets
	@awk 'BEGIN {FS = ":.*## "} \
	/^##@/ {printf "\n%s\n", substr($$0, 5)} \
	/^[a-z-]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

demo: .venv/runtime.stamp ## a living county on its boards (or LOG=sample, LOG=FILE MAPPING=…)
	@.venv/bin/banjian demo $(if $(LOG),--log $(LOG)) $(if $(MAPPING),--mapping $(MAPPING))

##@ Test

test: .venv/dev.stamp system ## all tests, small and seeded (PYTEST="-k word" picks)
	@$(IN_VENV) -m pytest -n $(WORKERS) $(PYTEST)

test-fast: .venv/dev.stamp ## the rules and the house: no database, seconds
	@$(IN_VENV) -m pytest tests/domain tests/test_architecture.py tests/test_ceilings.py

browsers: .venv/dev.stamp system ## every page in Chromium, today's and 109 (needs npm)
	@$(IN_VENV) -m pytest -n $(WORKERS) -m browser $(PYTEST)
	@CHROMIUM=$$(bash .ci/chromium-109) \
		$(IN_VENV) -m pytest -n $(WORKERS) -m browser $(PYTEST)

soak: .venv/dev.stamp system ## the long and heavy tests
	@$(IN_VENV) -m pytest -m soak $(PYTEST)

bench: .venv/dev.stamp ## measure; figures go to benchmarks/results/
	@set -e; for file in benchmarks/*.py; do name=$$(basename $$file .py); \
	case $$name in __init__|measuring|viewing) continue;; esac; \
	echo "== $$name"; $(IN_VENV) -m benchmarks.$$name; done

saboteurs: .venv/dev.stamp system ## damage the code on purpose: named tests must notice
	@$(IN_VENV) -m tests.tools.run_saboteurs

rules: rules-table mutants ## the table of rules, then how well tests hold the domain

rules-table: .venv/dev.stamp ## which test, event, refusal and route shows which rule
	@$(IN_VENV) -m tests.tools.rules_table --print

mutants: .venv/dev.stamp ## change the domain everywhere: what no test notices
	@$(IN_VENV) -m tests.tools.mutants

##@ Check

check: ## exactly what CI does
	@CI=true bash .ci/run

lint: .venv/dev.stamp ## ruff, mypy --strict, import-linter
	$(IN_VENV) -m ruff check .
	$(IN_VENV) -m ruff format --check .
	$(IN_VENV) -m mypy
	.venv/bin/lint-imports

format: .venv/dev.stamp ## let ruff write what it can
	@$(IN_VENV) -m ruff check --fix --quiet . ; $(IN_VENV) -m ruff format .

docs: .venv/dev.stamp ## write the generated pages of docs/
	@$(IN_VENV) -m tests.tools.write_openapi
	@$(IN_VENV) -m tests.tools.rules_table

words: .venv/dev.stamp ## bring the English catalogue up to date; lists what lacks
	@$(IN_VENV) -m tests.tools.words

pictures: .venv/dev.stamp system ## photograph a demonstration for docs/pictures/
	@$(IN_VENV) -m tests.tools.pictures

docs-check: .venv/dev.stamp ## are they up to date?
	@$(IN_VENV) -m tests.tools.rules_table --check

##@ Set up

setup: .venv/dev.stamp system ## all that tests and lints need

system: # what is not on PyPI
	@bash .ci/apt-install $(APT)

lock: .venv/dev.stamp ## pin what pyproject.toml asks for (UPGRADE=--upgrade renews)
	$(LOCK) $(UPGRADE) --output-file requirements.lock pyproject.toml
	$(LOCK) $(UPGRADE) --extra dev --constraint requirements.lock \
		--output-file requirements-dev.lock pyproject.toml

clean: ## remove what make and tools made (.banjian/ stays: it is data)
	rm -rf .venv banjian.egg-info build mutants .hypothesis .coverage \
		.mypy_cache .pytest_cache .ruff_cache .import_linter_cache

.venv/runtime.stamp: requirements.lock pyproject.toml
	@$(call sync,requirements.lock)

.venv/dev.stamp: requirements-dev.lock requirements-3.13.lock pyproject.toml
	@$(call sync,requirements-dev.lock --requirement requirements-3.13.lock)
	@touch .venv/runtime.stamp # the dev lock holds the other one

define sync
$(IN_VENV) -m pip --version >/dev/null 2>&1 || { \
	test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed" >&2; exit 1; }; \
	$(PYTHON) -m ensurepip --version >/dev/null 2>&1 \
		|| bash .ci/apt-install $(notdir $(PYTHON))-venv; \
	$(PYTHON) -m venv --clear .venv; }; \
echo "installing $(firstword $(1)) …"; \
$(PIP) install --require-hashes --requirement $(1) \
	&& PYTHONWARNINGS=ignore \
		$(PIP) install --no-deps --no-build-isolation --editable . && touch $@
endef

.PHONY: help demo test test-fast browsers words pictures soak bench saboteurs rules rules-table mutants check \
	lint format docs docs-check setup system lock clean
