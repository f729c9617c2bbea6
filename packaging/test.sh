#!/bin/bash
# Builds everything and runs every test; the last line is "N passed, N failed", counted in test cases.
# usage: test.sh [CTEST-OPTION...]   for instance -R unit_
set -euo pipefail
cd "$(dirname "$0")/.."
packaging/setup.sh
packaging/build.sh

log=build/test.log
status=0
ctest --test-dir build -Q -V -j "$(nproc)" --timeout 900 --output-log "$log" "$@" || status=$?

read -r passed failed <<< "$(awk -f packaging/count_tests.awk "$log")"

if [ "$failed" -gt 0 ] || [ $status -ne 0 ]; then
    grep -aE 'FAILED|FAIL!|\*\*\*|Failed|error:' "$log" | head -60 >&2 || true
    echo "test: the whole log is $log" >&2
    [ $status -ne 0 ] || status=1
fi
if [ "$passed" -eq 0 ]; then
    echo "test: no test ran" >&2
    status=1
fi
echo "$passed passed, $failed failed"
exit $status
