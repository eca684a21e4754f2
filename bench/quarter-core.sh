#!/usr/bin/env bash
# The unit and slow tests on a quarter of one core, where limits of time that are too short show: one core, shared with three loops
# that do nothing. Takes hours whole; files or names that are given are run alone. Linux.
# Usage: bench/quarter-core.sh [what vitest run takes]
set -u
cd "$(dirname "$0")/.."
core=${CORE:-0}
loops=()
trap 'kill "${loops[@]}"' EXIT
for _ in 1 2 3; do
  taskset -c "$core" bash -c 'while :; do :; done' &
  loops+=($!)
done
taskset -c "$core" npx vitest run --project unit --project slow "$@"
