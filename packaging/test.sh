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

# Catch2 and Qt Test each print one summary a program; a program that dies prints none and counts as one failure. Qt Test
# counts its initTestCase and cleanupTestCase as cases: they are left out.
result=$(awk '
    { sub(/\r$/, ""); sub(/^ *[0-9]+: /, "") }
    /^All tests passed \(/ { match($0, /in [0-9]+ test case/); passed += substr($0, RSTART + 3, RLENGTH - 13) }
    /^test cases: / {
        n = split($0, part, "|")
        for (i = 2; i <= n; ++i) {
            if (part[i] ~ /passed/) passed += part[i] + 0
            else if (part[i] ~ /failed/) { failed += part[i] + 0; ++told }
        }
    }
    /^Totals: [0-9]+ passed, / { passed += $2 - 2; failed += $4; if ($4 > 0) ++told }
    /^[0-9]+% tests passed, [0-9]+ tests failed out of/ { programs = $4 }
    END {
        silent = programs - told
        if (silent > 0) failed += silent
        printf "%d %d\n", passed, failed
    }' "$log")
read -r passed failed <<< "$result"

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
