#!/usr/bin/env bash
# Set up what booktools needs: system libraries that are missing, .venv, the packages of
# requirements.lock.  Does nothing, in no time, when all that is done.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

venv=.venv
stamp=$venv/.booktools-setup

say() { printf '%s\n' "$*" >&2; }

wanted_stamp() {
  cat requirements.lock pyproject.toml scripts/setup.sh | cksum
  pwd # an editable install knows its folder
}

# The tests of the review page drive a Chromium: needed where CI runs them, else a matter of taste.
wants_browser() {
  [ -n "${CI:-}" ] || [ -n "${BOOKTOOLS_BROWSER:-}" ]
}

has_browser() {
  local name
  for name in ${CHROMIUM:-} chromium chromium-browser google-chrome google-chrome-stable; do
    command -v "$name" >/dev/null && return
  done
  return 1
}

is_ready() {
  { ! wants_browser || has_browser; } &&
    [ -x "$venv/bin/booktools" ] && [ "$(cat "$stamp" 2>/dev/null)" = "$(wanted_stamp)" ] &&
    "$venv/bin/python" -c '' 2>/dev/null
}

find_python() {
  local name
  for name in ${PYTHON:-} python3 python3.14 python3.13 python3.12 python3.11; do
    if command -v "$name" >/dev/null &&
      "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
      command -v "$name"
      return
    fi
  done
  say "Python 3.11 or later is needed and was not found."
  say "  Install it, or name it: make PYTHON=/path/to/python3"
  return 1
}

# WeasyPrint sets the print edition with Pango and HarfBuzz, which no package of Python's brings.
has_library() {
  "$python" - "$@" <<'PY'
import ctypes, ctypes.util, sys
stem, *names = sys.argv[1:]
for name in (*names, ctypes.util.find_library(stem)):
    try:
        if name:
            ctypes.CDLL(name)
            sys.exit(0)
    except OSError:
        pass
sys.exit(1)
PY
}

missing_packages() {
  has_library pangoft2-1.0 libpangoft2-1.0.so.0 libpangoft2-1.0-0.dylib \
    /opt/homebrew/lib/libpangoft2-1.0.dylib || echo libpangoft2-1.0-0
  has_library harfbuzz-subset libharfbuzz-subset.so.0 libharfbuzz-subset.0.dylib \
    /opt/homebrew/lib/libharfbuzz-subset.dylib || echo libharfbuzz-subset0
  if wants_browser && ! has_browser; then echo chromium; fi
  if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
    case $("$python" -c 'import sys; print(sys.executable)') in
      /usr/bin/*) "$python" -c 'import sys; print("python3.%d-venv" % sys.version_info[1])' ;;
      *) echo python3-venv ;;
    esac
  fi
}

as_root() {
  if [ "$(id -u)" = 0 ]; then
    env DEBIAN_FRONTEND=noninteractive "$@"
  else
    sudo env DEBIAN_FRONTEND=noninteractive "$@"
  fi
}

can_be_root() {
  [ "$(id -u)" = 0 ] && return
  command -v sudo >/dev/null || return
  [ -t 0 ] || sudo -n true 2>/dev/null # without a terminal nobody can type a password
}

install_system_packages() {
  local packages=("$@")
  if command -v apt-get >/dev/null && can_be_root; then
    say "Installing with apt: ${packages[*]}"
    as_root apt-get update -qq >/dev/null
    as_root apt-get install -qq -y --no-install-recommends "${packages[@]}" >/dev/null
    return
  fi
  say "These are missing and must be installed first: ${packages[*]}"
  say "  Debian, Ubuntu:  sudo apt-get install ${packages[*]}"
  say "  Fedora:          sudo dnf install pango harfbuzz python3"
  say "  Arch:            sudo pacman -S pango harfbuzz python"
  say "  macOS:           brew install pango harfbuzz python"
  say "Then run make again."
  return 1
}

install_python_packages() {
  if ! "$venv/bin/python" -c 'import pip' 2>/dev/null; then
    say "Making the virtual environment .venv"
    "$python" -m venv --clear "$venv"
  fi
  say "Installing the packages of requirements.lock into .venv"
  local pip=("$venv/bin/python" -m pip --quiet --quiet --disable-pip-version-check --no-input install)
  "${pip[@]}" --require-hashes --requirement requirements.lock
  "${pip[@]}" --no-deps --no-build-isolation --editable .
}

is_ready && exit 0
python=$(find_python)
missing=$(missing_packages)
# shellcheck disable=SC2086  # the names are words
[ -z "$missing" ] || install_system_packages $missing
install_python_packages
wanted_stamp >"$stamp"
