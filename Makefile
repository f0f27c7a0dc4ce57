# Everything runs in .venv, which is made and refreshed only when pyproject.toml or constraints.txt changed.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# The tests of one file share what they make. In order of name: xdist would put the files with the fewest tests last, the longest of all.
PYTEST := $(BIN)/python -m pytest -n auto --dist loadfile --no-loadscope-reorder
PIP := $(BIN)/python -m pip --disable-pip-version-check -qq
HOME_FOLDER ?= bureau-data

.DEFAULT_GOAL := help
.PHONY: help run test test-long test-fast lint types bench package clean

help: ## list these targets
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/\1|\2/' \
	  | while IFS='|' read -r name text; do printf '  make %-10s %s\n' "$$name" "$$text"; done

run: $(VENV)/.installed ## install into .venv, run the main job on samples/ and show what it found
	@$(BIN)/bureau-metrics --home $(HOME_FOLDER) run samples

test: $(VENV)/.installed-test ## install the test needs and run the tests, but for the long ones
	@$(PYTEST) -m "not long"

test-long: $(VENV)/.installed-test ## run the tests that take minutes: an empty environment, kill -9 at fifty points, made-up reports by the hundred
	@$(BIN)/python -m pytest -n auto --dist loadgroup -m long

test-fast: $(VENV)/.installed-test ## run the tests that need neither Prefect nor a built wheel
	@$(PYTEST) -m "not long and not slow and not prefect"

lint: $(VENV)/.installed-dev ## ruff: rules and format
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .

types: $(VENV)/.installed-dev ## mypy, strict, on src and on flows
	@$(BIN)/mypy src
	@$(BIN)/mypy flows

bench: $(VENV)/.installed-test ## speed, as a ratio to a bare scan for numeral characters
	@$(BIN)/python -m benchmarks

package: $(VENV)/.installed-dev ## build the wheel and the source archive into dist/
	@$(BIN)/python -m pip wheel --quiet --no-deps --wheel-dir dist .
	@ls -l dist

clean: ## remove the environment, caches, builds and what runs wrote
	@rm -rf $(VENV) build dist *.egg-info bureau-data .pytest_cache .mypy_cache .ruff_cache .hypothesis
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(None if sys.version_info >= (3, 11) else "Python 3.11 or newer is needed; name one with: make run PYTHON=python3.12")'
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: $(BIN)/python pyproject.toml constraints.txt
	@echo "Installing into $(VENV) (about a minute, once) …" >&2
	@$(PIP) install --constraint constraints.txt --editable .
	@touch $@

$(VENV)/.installed-test: $(VENV)/.installed
	@echo "Installing the test needs …" >&2
	@$(PIP) install --constraint constraints.txt --editable '.[test]'
	@touch $@

$(VENV)/.installed-dev: $(VENV)/.installed-test
	@echo "Installing the development tools …" >&2
	@$(PIP) install --constraint constraints.txt --editable '.[test,dev]'
	@touch $@
