# Two commands: `make demo` and `make test`. Both install what they need into .venv.
PYTHON ?= python3
BIN := .venv/bin
STAMP := .venv/.installed
TESTED := .venv/.tested-with
PIP := $(BIN)/python -m pip --quiet --disable-pip-version-check

.PHONY: install tools demo docs test browser check lint types coverage clean help

help:
	@echo "make demo   install and build the report of examples/kyiv-2022"
	@echo "make test   install and run the tests"
	@echo "make browser  walk the pages in Chromium"
	@echo "make docs   build the documentation site into out/site"
	@echo "make check  lint, formatting and types"

install: $(STAMP)

$(STAMP): requirements-pip.lock requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(None if sys.version_info >= (3, 11) else "Svidok needs Python 3.11 or newer, this is " + sys.version.split()[0] + ": make PYTHON=/path/to/python3.11")'
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@echo "Installing Svidok and what it needs into .venv (once; about a minute)"
	@$(PIP) install --require-hashes -r requirements-pip.lock
	@$(PIP) install --require-hashes -r requirements.lock
	@$(PIP) install --no-deps --no-build-isolation -e .
	@touch $(STAMP)

tools: $(TESTED)

$(TESTED): $(STAMP) requirements-dev.lock
	@echo "Installing what the tests and checks need (once)"
	@$(PIP) install --require-hashes -r requirements-dev.lock
	@touch $(TESTED)

demo: install
	@mkdir -p out
	@$(BIN)/svidok report examples/kyiv-2022 -o out/kyiv-2022.html --title "The battle of Kyiv, 2022"
	@echo
	@echo "Open out/kyiv-2022.html in a browser. Its tables lie in out/kyiv-2022/."

test: tools
	@$(BIN)/python -m pytest -n auto --dist loadfile

browser: tools
	@$(BIN)/python -m pytest tests/web/test_browser.py tests/publish/test_browser.py

docs: tools
	@NO_MKDOCS_2_WARNING=1 $(BIN)/python -m mkdocs build --quiet
	@echo "Open out/site/index.html in a browser."

lint: tools
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .

types: tools
	@$(BIN)/mypy

check: lint types

coverage: tools
	@$(BIN)/python -m pytest --cov --cov-report=term-missing:skip-covered

clean:
	rm -rf .venv out .pytest_cache .mypy_cache .ruff_cache .hypothesis
