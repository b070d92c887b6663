# `make` sets up everything and builds the book; `make test` runs every check.
SHELL := /bin/bash
BIN := .venv/bin
export PYTHON

.PHONY: book setup test check bench bench-recover bench-recover-ocr bench-thresholds bench-errata docs lock clean

book: setup
	@$(BIN)/booktools build

setup:
	@scripts/setup.sh

test: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/pytest -n 2

check: setup
	@$(BIN)/booktools check

bench: setup
	$(BIN)/python -m bench
	$(BIN)/python -m bench.ledger
	$(BIN)/python -m bench.desk

# DATA names a folder laid out like the benchmark's dev.
bench-recover: setup
	$(BIN)/python -m bench.recover $(DATA)

# Some documents of DATA as scans, read by Tesseract; its pages are kept in build/.
bench-recover-ocr: setup
	$(BIN)/python -m bench.recover_ocr $(DATA)

# Thresholds of typing lines tried at other values, with books left out; DATA as above.
bench-thresholds: setup
	$(BIN)/python -m bench.thresholds $(DATA)

# DATA names a folder of texts with known errors, as the benchmark's dev/errata.  First every book
# is left out of the fit in turn; the page is made of that and of a run of all systems.
bench-errata: setup
	@mkdir -p build
	$(BIN)/python -m bench.fit_finder $(DATA) --without build/left-out.json
	$(BIN)/python -m bench.finder $(DATA) --without build/left-out.json

docs: setup
	$(BIN)/python -m booktools.cli.reference > docs/cli.md
	$(BIN)/python -m booktools.check.reference > docs/rules.md
	$(BIN)/python -m booktools.clean.reference > docs/cleaning.md
	$(BIN)/python -m booktools.find.reference > docs/finding.md

# Needs uv; keeps versions and hashes, never addresses.
lock:
	scripts/lock.sh

clean:
	find dist -mindepth 1 ! -name .gitkeep -delete
	rm -rf build .mypy_cache .ruff_cache .pytest_cache .hypothesis
