#!/usr/bin/env bash
# What only other programs can say of the outputs: LibreOffice of the workbook, a browser of the page, two parsers of the
# calendars, a terminal, shells and man. run.sh PAIBAN. Says what it leaves out where something is missing.
set -euo pipefail
paiban=$(realpath "$1")
cd "$(dirname "$0")"
have() { command -v "$1" >/dev/null 2>&1; }
desk=$(mktemp -d)
trap 'rm -rf "$desk"' EXIT

if [ "$(id -u)" = 0 ] && have apt-get && { ! have soffice || ! have chromium; }; then
  { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
    libreoffice-calc python3-uno chromium fonts-noto-cjk >/dev/null; } || echo "LibreOffice and Chromium could not be installed"
fi

"$paiban" --lang en new "$desk/case" --template three-shift >/dev/null
"$paiban" --lang en solve "$desk/case" -o "$desk/rota" --time-limit 15s >/dev/null 2>&1

if python3 -c 'import pty, termios' 2>/dev/null; then
  python3 terminal.py "$paiban" "$desk/case"
else
  echo "left out: the terminal (python3)"
fi
bash -n <("$paiban" completions bash)
for shell in zsh fish; do
  if have $shell; then "$paiban" completions $shell >"$desk/completions" && $shell -n "$desk/completions"; else echo "left out: completions of $shell"; fi
done
if have man; then
  "$paiban" --lang en man -o "$desk/man" 2>/dev/null
  for page in "$desk"/man/*.1; do
    said=$(MANWIDTH=80 man --warnings -l "$page" 2>&1 >/dev/null)
    [ -z "$said" ] || { echo "$page: $said"; exit 1; }
  done
else
  echo "left out: the manual (man)"
fi

if have soffice && /usr/bin/python3 -c 'import uno' 2>/dev/null; then
  /usr/bin/python3 workbook.py "$paiban" "$desk/case" "$desk/rota"
else
  echo "left out: the workbook in LibreOffice (soffice, python3-uno)"
fi

if python3 -m venv "$desk/venv" 2>/dev/null && "$desk/venv/bin/pip" install -q icalendar vobject 2>/dev/null; then
  cp -r "$desk/rota" "$desk/again"
  if [ -f "$desk/edited.xlsx" ]; then
    "$paiban" --lang en check "$desk/case" "$desk/edited.xlsx" -o "$desk/again" --force >/dev/null 2>&1 || [ $? = 1 ]
    "$desk/venv/bin/python" calendars.py "$desk/rota" "$desk/again"
  else
    "$desk/venv/bin/python" calendars.py "$desk/rota"
  fi
else
  echo "left out: the calendars in two parsers (pip)"
fi

chromium=$(command -v chromium || command -v chromium-browser || command -v google-chrome || true)
if have npm && [ -n "$chromium" ]; then
  cp page.mjs "$desk/"
  if (cd "$desk" && npm init -y >/dev/null && npm install --silent puppeteer-core >/dev/null 2>&1); then
    "$paiban" --lang en new "$desk/big" --template generated --people 400 >/dev/null
    large=large/rota.html
    "$paiban" --lang en solve "$desk/big" -o "$desk/large" --time-limit 40s >/dev/null 2>&1 ||
      { large=""; echo "left out: the page of 400 people (no rota in 40 s)"; }
    (cd "$desk" && CHROMIUM="$chromium" node page.mjs rota $large)
  else
    echo "left out: the page in a browser (npm has no puppeteer-core)"
  fi
else
  echo "left out: the page in a browser (npm, Chromium)"
fi
