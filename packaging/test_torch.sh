#!/bin/bash
# Builds with PyPI's torch to build-torch/ and runs there the suites that torch has a part in; the last line is counted as
# that of test.sh is. Not part of test.sh: the package takes 6 GB.
# usage: test_torch.sh [pypi==VERSION]
set -euo pipefail
cd "$(dirname "$0")/.."
torch=${1:-pypi}
packaging/setup.sh --torch "$torch"
suites=(unit_nn unit_models unit_explain unit_train unit_decode unit_detect integration)
packaging/build.sh --torch pypi mnerva-cli "${suites[@]}"

log=build-torch/test.log
status=0
ctest --test-dir build-torch -Q -V -j "$(($(nproc) + 1))" --timeout 1800 --output-log $log \
    -R '^(unit_(nn|models|explain|train|decode|detect)|integration)' || status=$?
read -r passed failed skipped <<< "$(awk -f packaging/count_tests.awk $log)"
if [ "$failed" -gt 0 ] || [ "$passed" -eq 0 ] || [ $status -ne 0 ]; then
    grep -aE 'FAILED|\*\*\*|Failed|error:' $log | head -60 >&2 || true
    echo "test_torch: the whole log is $log" >&2
    [ $status -ne 0 ] || status=1
fi
build-torch/bin/mnerva-cli doctor 2> /dev/null | grep -i torch >&2 || true
echo "$passed passed, $failed failed, $skipped skipped"
exit $status
