# 速办 Suban. `make help` lists what there is. A fresh machine needs Python 3.13 and make, nothing else.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

PY := .venv/bin/python
PORT ?= 8000
SPEED ?= 1
NOW ?=
DATA ?=
REAL ?=
ARGS ?=
STAGE ?= dev
ARCHITECTURE ?= $(shell sed -n '/^  Architecture:/,/Default:/s/^ *Default: *//p' template.yaml)
SAM = AWS_DEFAULT_REGION=$${AWS_DEFAULT_REGION:-ap-southeast-1} SAM_CLI_TELEMETRY=0 .venv-tools/bin/sam
FROM_CATALOG = $(shell find catalog layers/lexicon layers/core/suban/domain layers/core/suban/adapters -type f ! -name '*.pyc') $(wildcard infra/openapi.yaml)

export PORT SPEED NOW DATA REAL

.PHONY: catalog-check catalog-diff help venv run demo test check proof build bench release lint types format openapi lock deploy clean

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## /\1	/p' $(MAKEFILE_LIST) | expand -t 15

venv: .venv/ready ## install what is locked into .venv, and no more

run: .venv/ready build/release/city.json ## the laptop city on http://127.0.0.1:8000 (PORT=, SPEED=, NOW=real)
	@exec $(PY) -m infra.local

demo: .venv/ready build/release/city.json ## play the story against a running city (PORT=, REAL=500)
	@exec $(PY) -m infra.local.demo

test: .venv/ready build/release/city.json ## the whole suite (ARGS='-k name')
	$(PY) -m pytest -n auto $(ARGS)

proof: .venv/ready build/release/city.json ## the long proofs
	$(PY) -m pytest -n auto -m proof $(ARGS)

check: lint types .venv-tools/ready build/release/city.json ## lint, types, import directions, template, machine, OpenAPI, duty list
	.venv/bin/lint-imports
	.venv/bin/cfn-lint template.yaml
	$(SAM) validate --lint --template template.yaml
	$(PY) -m pytest -q tests/template
	$(PY) -m infra.local.openapi --check
	$(PY) -m layers.lexicon.check > build/catalog-report.txt || { cat build/catalog-report.txt; exit 1; }
	@tail -n 4 build/catalog-report.txt

catalog-check: .venv/ready ## the duty list as its editor must see it (ARGS=--all)
	@$(PY) -m layers.lexicon.check $(ARGS)

catalog-diff: .venv/ready ## what a new duty list changes (OLD=folder NEW=folder)
	@$(PY) -m layers.lexicon.diff $(OLD) $(NEW)

lint: .venv/ready
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .

types: .venv/ready
	.venv/bin/mypy

format: .venv/ready ## let ruff lay out the code and mend what it can
	.venv/bin/ruff format .
	.venv/bin/ruff check --fix .

openapi: .venv/ready ## write infra/openapi.yaml from the models
	$(PY) -m infra.local.openapi

release: build/release/city.json ## compile catalog/ into build/release

build: .venv/ready .venv-tools/ready ## sam build into .aws-sam (ARCHITECTURE=arm64|x86_64)
	ARCHITECTURE=$(ARCHITECTURE) PYTHON="$(CURDIR)/$(PY)" $(SAM) build --template template.yaml --parameter-overrides Architecture=$(ARCHITECTURE)

deploy: build ## sam deploy to AWS (STAGE=dev|prod, see infra/samconfig.toml)
	$(SAM) deploy --config-file "$(CURDIR)/infra/samconfig.toml" --config-env $(STAGE)

bench: .venv/ready build/release/city.json ## measurements beside a baseline
	$(PY) -m benchmarks $(ARGS)

lock: .venv/ready .venv-tools/ready ## resolve the lock files again (ARGS=--upgrade)
	$(LOCK) layers/deps/requirements.in --group dev --output-file requirements-dev.txt
	cd layers/deps && $(LOCK) requirements.in --constraints ../../requirements-dev.txt --output-file requirements.txt
	$(LOCK) --group build --constraints requirements-dev.txt --output-file requirements-build.txt
	$(LOCK) --group tools --output-file requirements-tools.txt

LOCK = "$(CURDIR)/.venv-tools/bin/uv" pip compile --quiet $(ARGS) --python "$(CURDIR)/$(PY)" --universal \
  --generate-hashes --no-annotate --no-header

clean: ## remove what was built and installed
	rm -rf .venv .venv-tools .aws-sam build .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis

# Stamps: nothing is installed or compiled twice
define find_python
	python=""; for name in python3.13 python3 python; do \
	  if $$name -c 'import sys; sys.exit(sys.version_info[:2] != (3, 13))' 2>/dev/null; then python=$$name; break; fi; done; \
	if [ -z "$$python" ]; then echo "Python 3.13 is needed: neither python3.13 nor python3 is it." >&2; exit 1; fi
endef

INSTALL = $(@D)/bin/pip install --quiet --disable-pip-version-check --require-hashes

.venv/ready: requirements-build.txt requirements-dev.txt
	@$(find_python); $$python -m venv .venv
	@echo "Installing into .venv …"
	@$(INSTALL) -r requirements-build.txt
	@$(INSTALL) --no-build-isolation -r requirements-dev.txt
	@echo "$(CURDIR)/layers/core" > "$$($(PY) -c 'import sysconfig; print(sysconfig.get_path("purelib"))')/suban.pth"
	@touch $@

.venv-tools/ready: requirements-tools.txt
	@$(find_python); $$python -m venv .venv-tools
	@echo "Installing the SAM CLI into .venv-tools …"
	@$(INSTALL) -r requirements-tools.txt
	@touch $@

build/release/city.json: .venv/ready $(FROM_CATALOG)
	@$(PY) -m layers.lexicon.compile --out build/release
	@touch $@
