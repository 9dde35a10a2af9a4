#!/bin/sh
# The main job on the real data. Usage: demo.sh CICTE-GRAPH
set -eu
graph=$1
say() { printf '\n\033[1m$ cicte-graph %s\033[0m\n' "$*"; }
run() { say "$@"; "$graph" "$@"; }
[ -t 1 ] && [ -z "${NO_COLOR:-}" ] || say() { printf '\n$ cicte-graph %s\n' "$*"; }

run check
run build
run trace program/2018-2019/tourism-security
run report unfunded --format markdown | head -n 12
mkdir -p out
run brief program/2018-2019/tourism-security --format html -o out/tourism-security.html
run map -o out/partners.html
run network withdraw INTERPOL --format markdown | head -n 12
run plot continuity -o out/continuity.svg
printf '\nIn out/: the briefing tourism-security.html, the partner map partners.html and the figure continuity.svg. Open them in a browser; they need no network.\n'
