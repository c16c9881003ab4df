# Two commands: `make demo` and `make test`. Everything else is for those who work on it.
SHELL := /bin/bash
PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin
export UV_PYTHON_DOWNLOADS := never
# Compiled once: without it every process compiles three thousand modules anew.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: demo test lint soak bench pictures messages clean

demo: $(VENV)/.run
	@exec $(BIN)/dongthuan demo

test: $(VENV)/.dev
	@$(BIN)/python tools/chromium.py
	$(BIN)/pytest -n 2 --dist loadfile --no-loadscope-reorder -m "not soak" $(ARGS)

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	$(BIN)/mypy
	$(BIN)/dongthuan manage makemigrations --check --dry-run

soak: $(VENV)/.dev
	DONGTHUAN_WHOLE=1 $(BIN)/pytest tests/test_no*.py tests/browser src/dongthuan/front/desk/tests/test_who_opens_which_page*.py $(ARGS)
	$(BIN)/pytest -m soak $(ARGS)

pictures: $(VENV)/.dev
	@$(BIN)/python tools/chromium.py
	DONGTHUAN_PICTURES=1 $(BIN)/pytest -m browser $(ARGS)

bench: $(VENV)/.dev
	$(BIN)/python -m bench $(ARGS)

messages: $(VENV)/.dev
	$(BIN)/python tools/messages.py

# One environment; the tests' tools are added to it only when tests are run.
$(VENV)/bin/uv: uv.lock.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed."; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { echo "Python's venv is missing: install python3-venv."; exit 1; }
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r uv.lock.txt
	@touch $@

$(VENV)/.run: $(VENV)/bin/uv requirements.lock pyproject.toml
	@[ -e $(VENV)/.dev ] || $(BIN)/uv pip sync --quiet --require-hashes --python $(BIN)/python requirements.lock uv.lock.txt
	@$(BIN)/uv pip install --quiet --no-deps --no-build-isolation --python $(BIN)/python -e . 
	@touch $@

$(VENV)/.dev: $(VENV)/bin/uv requirements-dev.lock pyproject.toml
	@$(BIN)/uv pip sync --quiet --require-hashes --python $(BIN)/python requirements-dev.lock
	@$(BIN)/uv pip install --quiet --no-deps --no-build-isolation --python $(BIN)/python -e .
	@touch $@ $(VENV)/.run

clean:
	rm -rf $(VENV) var build .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
