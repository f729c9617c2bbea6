# Counts test cases in a verbose ctest log and prints "PASSED FAILED SKIPPED". Catch2 and Qt Test each print one summary a
# program; a program that dies prints none, and counts as one failure. Qt Test counts its initTestCase and
# cleanupTestCase as cases: they are left out. Catch2 counts a case that could hold nothing as passed: the runner
# (tests/support/main.cpp) prints a line for each, and these are taken off.
{ sub(/\r$/, ""); sub(/^ *[0-9]+: /, "") }
/^SKIPPED: / { ++unheld }
/^All tests passed \(/ {
    match($0, /in [0-9]+ test case/)
    passed += substr($0, RSTART + 3, RLENGTH - 13)
}
/^test cases: / {
    n = split($0, part, "|")
    for (i = 2; i <= n; ++i) {
        if (part[i] ~ /passed/) passed += part[i] + 0
        else if (part[i] ~ /failed/) { failed += part[i] + 0; ++told }
    }
}
/^Totals: [0-9]+ passed, / {
    passed += $2 > 2 ? $2 - 2 : 0
    failed += $4
    skipped += $6
    if ($4 > 0) ++told
}
/^[0-9]+% tests passed, [0-9]+ tests failed out of/ { programs = $4 }
END {
    if (programs > told) failed += programs - told
    passed -= unheld > passed ? passed : unheld
    printf "%d %d %d\n", passed, failed, skipped + unheld
}
