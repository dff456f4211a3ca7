# The two commands of the README are `make demo` and `make test`; `make help` lists the rest.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help

BIN := .venv/bin
READY := .venv/.ready
OUT ?= out/demo
BUILT := build dist docs/_build htmlcov out \
         .coverage .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache

.PHONY: help setup demo test check bench docs wheel-test pins clean \
        format lint types layers coverage reference

help: ## list what there is
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: $(READY) ## set up .venv (the other commands do it by themselves)

$(READY): requirements-dev.txt pyproject.toml scripts/setup.sh
	@scripts/setup.sh
	@touch $@

demo: $(READY) ## run the main job on the worked example, into out/demo
	@$(BIN)/measures demo --out $(OUT)

test: $(READY) ## run every test
	@$(BIN)/python -m pytest -n auto

check: lint types layers coverage docs wheel-test ## every gate: what must hold before a change goes in
	@echo "check: all gates passed"

bench: $(READY) ## measure speed on this machine
	@$(BIN)/python benchmarks/run.py

docs: $(READY) ## build the documentation, warnings are errors
	@$(BIN)/python -m sphinx -W --keep-going -q -b html docs docs/_build/html
	@echo "docs: docs/_build/html/index.html"

wheel-test: $(READY) ## install the wheel where no source is and run the demonstration
	@$(BIN)/python scripts/wheel_test.py

format: $(READY) ## lay the code out
	@$(BIN)/ruff check --fix-only --quiet .
	@$(BIN)/ruff format .

reference: $(READY) ## write the generated reference pages again
	@$(BIN)/python scripts/make_reference.py

pins: ## choose the pinned versions again (make pins PINS=--upgrade for the newest)
	@scripts/pins.sh $(PINS)

clean: ## remove what was built; .venv stays
	@rm -rf $(BUILT)
	@find . -name __pycache__ -not -path './.venv/*' -prune -exec rm -rf {} +

lint: $(READY)
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .

types: $(READY)
	@$(BIN)/mypy

layers: $(READY)
	@$(BIN)/lint-imports

coverage: $(READY)
	@$(BIN)/python -m pytest -n auto --cov --cov-report=term
