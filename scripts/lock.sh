#!/usr/bin/env bash
# Make requirements.lock anew from pyproject.toml, for every platform and Python.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

new=$(mktemp)
trap 'rm -f "$new"' EXIT
head -n 2 requirements.lock >"$new" # what the file is
grep -o '"setuptools>=[0-9.]*"' pyproject.toml | tr -d '"' |
  uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --upgrade \
    --no-header --no-annotate --no-emit-index-url --extra dev --extra check --extra bench \
    pyproject.toml - >>"$new"
cat "$new" >requirements.lock
