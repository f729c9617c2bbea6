#!/bin/bash
# Builds everything and runs every test; the last line is "N passed, N failed, N skipped", counted in test cases.
# Skipped are those that need what is not on this machine, such as the real data sets.
# usage: test.sh [CTEST-OPTION...]   for instance -R unit_
set -euo pipefail
cd "$(dirname "$0")/.."
packaging/setup.sh
packaging/build.sh

log=build/test.log
status=0
# Two more than there are processors: many tests wait for a program, a file or a moment.
ctest --test-dir build -Q -V -j "$(($(nproc) + 2))" --timeout 900 --output-log "$log" "$@" || status=$?

read -r passed failed skipped <<< "$(awk -f packaging/count_tests.awk "$log")"

if [ "$failed" -gt 0 ] || [ $status -ne 0 ]; then
    grep -aE 'FAILED|FAIL!|\*\*\*|Failed|error:' "$log" | head -60 >&2 || true
    echo "test: the whole log is $log" >&2
    [ $status -ne 0 ] || status=1
fi
if [ "$passed" -eq 0 ]; then
    echo "test: no test ran" >&2
    status=1
fi
if [ "$skipped" -gt 0 ]; then
    grep -aE '^( *[0-9]+: )?(SKIPPED: |SKIP   : )' "$log" | sed -E 's/^ *[0-9]+: //' | head -40 >&2 || true
fi
echo "$passed passed, $failed failed, $skipped skipped"
exit $status
