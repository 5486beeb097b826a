# make run, make test: everything else is for those who change the code.
SHELL := /bin/sh
.DEFAULT_GOAL := help
.PHONY: help run test test-all bench format messages check-python

PYTHON := $(shell for p in python3.13 python3.12 python3.11 python3; do command -v $$p >/dev/null 2>&1 && \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { command -v $$p; break; }; done)
VENV := .venv
BIN := $(VENV)/bin
BENCH := .venv-bench
PORT ?= 8501
# Tests are shared out over the cores; two browsers at most, each with a server of its own.
PYTEST = $(BIN)/python -m pytest
SHARED := -n logical --maxprocesses 4 --dist loadfile
BROWSERS := -n 2 --dist loadfile
# Extra arguments for pip, for example: make run PIP_ARGS="--extra-index-url …/whl/cpu" (see README.md).
PIP_ARGS ?=

help:
	@echo "make run       start the app on http://localhost:$(PORT)"
	@echo "make test      lint, types, import contracts, unit, page and browser tests"
	@echo "make test-all  the same, and the slow tests"
	@echo "make bench     print every figure the project claims"
	@echo "make format    format the code"
	@echo "make messages  bring the translation catalogues up to date"

check-python:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is missing (Debian: apt-get install python3 python3-venv)."; exit 1; }
	@"$(PYTHON)" -c 'import ensurepip, venv' 2>/dev/null || { \
	  echo "Python's venv module is missing (Debian: apt-get install python3-venv)."; exit 1; }

# The stamps are renewed only after an installation went through, so a broken one is repeated.
$(VENV)/.run: requirements.txt | check-python
	@test -x $(BIN)/python || "$(PYTHON)" -m venv $(VENV)
	@$(BIN)/python -m pip --disable-pip-version-check install -q $(PIP_ARGS) -r requirements.txt
	@touch $@

$(VENV)/.dev: requirements-dev.txt $(VENV)/.run
	@$(BIN)/python -m pip --disable-pip-version-check install -q $(PIP_ARGS) -r requirements-dev.txt
	@touch $@

run: $(VENV)/.run
	@$(BIN)/python tools/open_when_ready.py http://localhost:$(PORT) &
	@exec $(BIN)/python -m streamlit run app.py --server.port $(PORT)

test: $(VENV)/.dev
	@sh tools/need_browser.sh
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(PYTEST) -m "not slow and not browser" $(SHARED)
	$(PYTEST) -m "not slow and browser" $(BROWSERS)

test-all: $(VENV)/.dev
	@sh tools/need_browser.sh
	$(PYTEST) -m "not browser" $(SHARED)
	$(PYTEST) -m browser $(BROWSERS)

# What the decoding is measured beside lives apart from the app. The app's torch first: an open range draws in CUDA.
$(BENCH)/.peers: benchmarks/requirements.txt | check-python
	@test -x $(BENCH)/bin/python || "$(PYTHON)" -m venv $(BENCH)
	@$(BENCH)/bin/python -m pip --disable-pip-version-check install -q $(PIP_ARGS) $$(grep '^torch==' requirements.txt)
	@$(BENCH)/bin/python -m pip --disable-pip-version-check install -q $(PIP_ARGS) -r $<
	@touch $@

bench: $(VENV)/.dev
	@sh tools/need_browser.sh
	@$(MAKE) --no-print-directory $(BENCH)/.peers || echo "Measuring without Marian and CTranslate2."
	$(BIN)/python -m benchmarks

format: $(VENV)/.dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

messages: $(VENV)/.dev
	$(BIN)/python tools/messages.py
