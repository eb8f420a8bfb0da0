# The two commands that matter: `make run` (the dashboard) and `make test` (every check).
# Everything here is also possible with pip alone: see README.md.

VENV := .venv
BIN := $(VENV)/bin
PY := $(BIN)/python
PYTHON ?= $(shell command -v python3.11 || command -v python3)
RUNTIME := $(VENV)/.stamp-runtime
DEV := $(VENV)/.stamp-dev
PIP := $(PY) -m pip install --quiet --disable-pip-version-check

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help run test check lint types scripts format data update bench chromium clean distclean

help: ## list the commands
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /\1\t/' | expand -t 12

run: $(RUNTIME) ## open the dashboard (ARGS="--server.port 8502" to change the port)
	$(PY) -m geo.ui $(ARGS)

test: lint types chromium ## format check, lint, order, types, then all tests (ARGS="-k map" to choose)
	$(PY) -m pytest --cov --numprocesses 2 $(ARGS)

check: test ## the same as test

lint: $(DEV) ## format check, lint, order of the packages
	$(PY) -m ruff format --check .
	$(PY) -m ruff check .
	$(BIN)/lint-imports

types: $(DEV) ## static types
	$(PY) -m mypy

# Not in `make test`: it needs node and npm, which nothing else here does.
SCRIPTS := geo/drawing/browser
scripts: $(DEV) ## types of the scripts of the map, by TypeScript (needs npm)
	$(PY) -m tests.protocol_types > $(SCRIPTS)/protocol.d.ts
	npx --yes --package typescript@5.9.3 tsc --noEmit --allowJs --checkJs --target es2022 \
		--lib es2022,dom,dom.iterable $(SCRIPTS)/*.js $(SCRIPTS)/*.d.ts

format: $(DEV) ## rewrite the code in the house format
	$(PY) -m ruff check --fix-only .
	$(PY) -m ruff format .

data: $(RUNTIME) ## rebuild data/ from the raw files: make data SOURCES=DIR
	@test -n "$(SOURCES)" || { echo "Say where the raw files are: make data SOURCES=DIR" >&2; exit 2; }
	$(PY) -m geo build --sources "$(SOURCES)"

update: $(RUNTIME) ## renew data/ from its producers: make update SOURCES=DIR (ARGS="--dry-run", "--undo")
	$(PY) -m geo update $(if $(SOURCES),--sources "$(SOURCES)") $(ARGS)

bench: $(DEV) chromium ## measure the time and size budgets
	$(PY) -m benchmarks $(ARGS)

clean: ## remove caches and the files the app writes in static/
	rm -rf .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis .coverage coverage.xml htmlcov
	find . -name __pycache__ -type d -not -path './$(VENV)/*' -prune -exec rm -rf {} +
	find static -mindepth 1 -not -name .gitkeep -delete

distclean: clean ## clean, and remove the environment
	rm -rf $(VENV)

# A Debian without python3-venv has no ensurepip: its pip then fills the environment from outside.
$(PY):
	@test -n "$(PYTHON)" || { echo "Python 3.11 is needed and was not found." >&2; exit 1; }
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Python 3.11 or later is needed: make $(MAKECMDGOALS) PYTHON=path" >&2; exit 1; }
	"$(PYTHON)" -m venv $(VENV) || { "$(PYTHON)" -m venv --clear --without-pip $(VENV) \
		&& "$(PYTHON)" -m pip --python $(PY) install --quiet pip; }

$(RUNTIME): requirements.txt | $(PY)
	$(PIP) -r requirements.txt
	@touch $@

$(DEV): requirements-dev.txt $(RUNTIME)
	$(PIP) -r requirements-dev.txt
	@touch $@

# The browser tests drive the system's Chromium; CHROMIUM=path names another one.
CHROMIUM_FOUND = { test -n "$$CHROMIUM" || command -v chromium || command -v chromium-browser \
	|| command -v google-chrome; } >/dev/null

chromium:
	@if [ -n "$$CHROMIUM" ] && [ ! -x "$$CHROMIUM" ]; then \
		echo "CHROMIUM=$$CHROMIUM is not a program: correct it or unset it." >&2; exit 1; fi
	@if $(CHROMIUM_FOUND); then exit 0; fi; \
	if [ "$$(id -u)" = 0 ]; then as_root=; else as_root=sudo; fi; \
	if command -v apt-get >/dev/null && { [ -z "$$as_root" ] || command -v sudo >/dev/null; }; then \
		echo "Installing Chromium with apt-get for the browser tests."; \
		$$as_root apt-get update -qq && $$as_root env DEBIAN_FRONTEND=noninteractive \
			apt-get install -y -qq --no-install-recommends chromium fonts-liberation >/dev/null; fi; \
	if ! $(CHROMIUM_FOUND); then \
		echo "The browser tests need Chromium, which was not found and could not be installed." >&2; \
		echo "Install Chromium or Google Chrome, or give its path: CHROMIUM=path make test" >&2; \
		exit 1; fi
