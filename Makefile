# `make demo` and `make test` do all their own set-up; everything they install goes into .venv.
.PHONY: help demo test lint types check bench docs clean
.DEFAULT_GOAL := help
export PYTHON ?=

help: ## Show this list
	@sed -n 's/^\([a-z]*\):.*## /  make \1	/p' Makefile | expand -t 20

demo: ## Start a database with example data and answer three questions (ARGS=--serve keeps it up)
	@.ci/environment demo
	@.venv/bin/datachat demo $(ARGS)

test: ## Run all tests (ARGS=tests/sql for some of them)
	@.ci/environment test
	.venv/bin/python -m pytest -n logical --dist loadfile --no-loadscope-reorder $(ARGS)

lint: ## Check style, format and import contracts
	@.ci/environment test
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/lint-imports

types: ## Check types
	@.ci/environment test
	.venv/bin/pyright

check: lint types test ## All of these

bench: ## Measure what DataChat costs on this machine (ARGS="--only turns --json")
	@.ci/environment test
	@.venv/bin/python -m evals.benchmark $(ARGS)

docs: ## Write the generated parts of the documents again
	@.ci/environment test
	UPDATE_DOCS=1 .venv/bin/python -m pytest -q tests/test_docs.py -k generated

clean: ## Remove .venv and all caches
	rm -rf .venv .pytest_cache .ruff_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
