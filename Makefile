# make serve: the course at http://127.0.0.1:8000.  make test: every test.  Both set up what they need, once.
PYTHON ?= python3
RUN := .venv/bin/python

.PHONY: serve test check build package clean lock
serve: .venv/site.done
	@$(RUN) -m capisce serve

test: check
	@$(RUN) tests/find_browser.py
	@$(RUN) -m pytest

check: .venv/test.done
	@$(RUN) -m ruff check . && $(RUN) -m ruff format --check . && $(RUN) -m mypy
	@.venv/bin/lint-imports --no-cache && $(RUN) -m capisce check

build: .venv/site.done
	@$(RUN) -m capisce build

package: .venv/site.done
	@$(RUN) -m capisce package site --force
	@$(RUN) -m capisce package scorm --force

clean:
	rm -rf .venv site packages .mypy_cache .pytest_cache .ruff_cache .hypothesis tools/capisce.egg-info

# The pins of pyproject.toml with every package they bring, by hash. Needs uv; run it to take in newer versions.
lock:
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-annotate --no-emit-index-url --extra build pyproject.toml -o requirements/site.lock
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-annotate --no-emit-index-url --extra build --extra test -c requirements/site.lock pyproject.toml -o requirements/test.lock

.venv/site.done: requirements/site.lock pyproject.toml
	@$(PYTHON) tools/set_up.py requirements/site.lock
	@touch $@

.venv/test.done: requirements/test.lock pyproject.toml
	@$(PYTHON) tools/set_up.py requirements/test.lock
	@touch $@ .venv/site.done
