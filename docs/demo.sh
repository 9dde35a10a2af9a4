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
run ask mandated-without-money plan=work-plan/2018-2019 --format table
mkdir -p out
run map -o out/partners.html
printf '\nThe partner map is in out/partners.html: open it in a browser; it needs no network.\n'
