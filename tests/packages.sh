#!/usr/bin/env bash
# Makes sure that the few things tests need beyond Python packages are here: installs them when root on Debian, else
# says which package is missing. Chromium walks the journeys, gettext finds untranslated sentences, pango draws PDF,
# Node checks the scripts and brings axe-core.
set -euo pipefail

missing=()
want() { "${@:2}" >/dev/null 2>&1 || missing+=("$1"); }
has_library() { [[ "$(ldconfig -p)" == *"$1"* ]]; } # no pipe: grep -q would end it early, and pipefail call that missing
want chromium command -v chromium
want gettext command -v msgfmt
want libpangoft2-1.0-0 has_library libpangoft2-1.0.so.0
want libharfbuzz-subset0 has_library libharfbuzz-subset.so.0
want nodejs command -v node
want npm command -v npm

[ ${#missing[@]} -eq 0 ] && exit 0
if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null; then
  echo "The tests need these Debian packages, which are missing: ${missing[*]}." >&2
  echo "Install them (sudo apt-get install ${missing[*]}), then start again." >&2
  exit 1
fi
echo "Installing for the tests: ${missing[*]}"
export DEBIAN_FRONTEND=noninteractive
apt-get update -qq
apt-get install -qq --yes --no-install-recommends "${missing[@]}" >/dev/null
