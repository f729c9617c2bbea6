# Counts test cases in a verbose ctest log and prints "PASSED FAILED". Catch2 and Qt Test each print one summary a
# program; a program that dies prints none, and counts as one failure. Qt Test counts its initTestCase and
# cleanupTestCase as cases: they are left out.
{ sub(/\r$/, ""); sub(/^ *[0-9]+: /, "") }
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
    if ($4 > 0) ++told
}
/^[0-9]+% tests passed, [0-9]+ tests failed out of/ { programs = $4 }
END {
    if (programs > told) failed += programs - told
    printf "%d %d\n", passed, failed
}
