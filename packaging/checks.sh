#!/bin/bash
# What a build and its tests do not show: one closing line for each part, the last one for all of them.
#
#   checks.sh          layout and clang-tidy of changed files, desktop files, the program `checks`
#   checks.sh --all    the same of every file, the documentation of the programming interface, builds without the engine
#                      and without the window, and the suites under the sanitizers
#
# Changed means against HEAD and not committed; MNERVA_BASE=main compares with another state. What is not installed
# (packaging/setup.sh --checks) is said and left out. JOBS=N works with N processes. The sanitizers run without the engine (libtorch under them takes hours); MNERVA_ASAN_ENGINE=1 takes it in.
# Logs are build*/checks-*.log.
set -euo pipefail
cd "$(dirname "$0")/.."

all=0
case "${1:-}" in
    "") ;;
    --all) all=1 ;;
    *)
        echo "usage: checks.sh [--all]" >&2
        exit 2
        ;;
esac
jobs=${JOBS:-$(nproc)}
export CCACHE_BASEDIR=$PWD CCACHE_NOHASHDIR=1
export CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime
export QT_QPA_PLATFORM=offscreen OMP_NUM_THREADS=1

failed=0
say() { # PART STATUS TEXT
    [ "$2" -eq 0 ] || failed=1
    echo "$1: $([ "$2" -eq 0 ] && echo ok || echo FAILED)${3:+ ($3)}"
}
# The lines of a log that tell why.
tell() {
    grep -aE -A8 'error:|FAILED|CMake Error|ERROR: |runtime error|WARNING: ThreadSanitizer|FAIL!|\*\*\*' "$1" | head -"${2:-40}" >&2 || true
}
# FOLDER NAME OPTION...: configures and builds the targets in $targets; quiet.
configure_and_build() {
    local folder=$1 log=$1/checks-$2.log
    shift 2
    mkdir -p "$folder"
    if cmake -S . -B "$folder" -G Ninja "$@" > "$log" 2>&1 && ninja -C "$folder" -j "$jobs" $targets >> "$log" 2>&1; then
        return 0
    fi
    tell "$log"
    return 1
}

# The part cannot be looked at here: PROGRAM is not installed.
without() { # PART PROGRAM
    echo "$1: left out ($2 is not installed; packaging/setup.sh --checks)"
}

# --- layout and clang-tidy ------------------------------------------------------------------------------------------
if [ $all -eq 1 ]; then
    mapfile -t looked < <(git ls-files --cached --others --exclude-standard | grep -E '\.(cpp|h)$' | sort -u)
else
    mapfile -t looked < <({
        git diff --name-only --diff-filter=d "${MNERVA_BASE:-HEAD}"
        git ls-files --others --exclude-standard
    } | grep -E '\.(cpp|h)$' | sort -u || true)
fi
if ! command -v clang-format > /dev/null; then
    without layout clang-format
else
    status=0
    for file in "${looked[@]}"; do
        [ -f "$file" ] || continue
        clang-format --dry-run -Werror "$file" > /dev/null 2>&1 && continue
        echo "layout: $file; run clang-format -i on it" >&2
        status=1
    done
    say layout $status "${#looked[@]} files"
fi

# Each file for itself, which the build compiles together with its neighbours: a configuration of its own says how.
# Headers are looked at with the sources that include them. What fuzz.sh builds alone is not in this build's list.
tidy=build/tidy
sources=()
if command -v clang-tidy > /dev/null; then
    mkdir -p $tidy
    if cmake -S . -B $tidy -G Ninja -DCMAKE_BUILD_TYPE=Release -DMNERVA_TOGETHER=OFF > build/checks-tidy.log 2>&1; then
        mapfile -t sources < <(for file in "${looked[@]}"; do
            [[ $file == *.cpp && -f $file ]] && grep -qF "/$file\"" $tidy/compile_commands.json && echo "$file"
        done || true)
    else
        tell build/checks-tidy.log
        failed=1
    fi
fi
if ! command -v clang-tidy > /dev/null; then
    without clang-tidy clang-tidy
elif [ ${#sources[@]} -eq 0 ]; then
    say clang-tidy 0 "0 files"
else
    status=0
    # The flags are GCC's, which clang does not know all, and so are the precompiled headers, which it would take for its
    # own where they lie: it reads copies of what they are made of. What programs generate lies in build/.
    mkdir -p $tidy/alone
    cp $tidy/compile_commands.json $tidy/alone/
    count=0
    while read -r header; do
        count=$((count + 1))
        cp "$header" "$tidy/alone/$count.hxx"
        sed -i "s|$header|$PWD/$tidy/alone/$count.hxx|g" $tidy/alone/compile_commands.json
    done < <(grep -aoE -- '-include [^ ]+/cmake_pch\.hxx' $tidy/compile_commands.json | cut -d' ' -f2 | sort -u)
    sed -i "s|$PWD/$tidy/\([^a]\|a[^l]\)|$PWD/build/\1|g" $tidy/alone/compile_commands.json
    printf '%s\0' "${sources[@]}" |
        xargs -0 -n 1 -P "$jobs" clang-tidy -p $tidy/alone --quiet --extra-arg=-Wno-unknown-warning-option \
            > build/checks-tidy.log 2>&1 || status=1
    [ $status -eq 0 ] || grep -aE '(error|warning): ' build/checks-tidy.log | sort -u | head -40 >&2
    say clang-tidy $status "${#sources[@]} sources"
fi

# --- what the desktop reads -----------------------------------------------------------------------------------------
desktop=packaging/desktop/org.mnerva.Mnerva
if ! command -v desktop-file-validate > /dev/null; then
    without "desktop file" desktop-file-validate
else
    status=0
    desktop-file-validate $desktop.desktop >&2 || status=1
    say "desktop file" $status
fi
if ! command -v appstreamcli > /dev/null; then
    without metainfo appstreamcli
else
    status=0
    mkdir -p build
    sed 's/@PROJECT_VERSION@/0/; s/@MNERVA_RELEASE_DATE@/2000-01-01/' $desktop.metainfo.xml.in > build/checks.metainfo.xml
    appstreamcli validate --no-net build/checks.metainfo.xml > build/checks-metainfo.log 2>&1 || status=1
    [ $status -eq 0 ] || cat build/checks-metainfo.log >&2
    say metainfo $status
fi

# --- rules of the tree ----------------------------------------------------------------------------------------------
status=0
mkdir -p build
if packaging/build.sh checks 2> build/checks-rules.log; then
    build/bin/checks > build/checks-rules.log 2>&1 || status=$?
else
    status=1
fi
[ $status -eq 0 ] || tail -40 build/checks-rules.log >&2
say rules $status "$(grep -aoE '[0-9]+ test cases' build/checks-rules.log | tail -1)"

if [ $all -eq 0 ]; then
    [ $failed -eq 0 ] && echo "checks: ok" || echo "checks: FAILED"
    exit $failed
fi

# --- the programming interface --------------------------------------------------------------------------------------
if ! command -v doxygen > /dev/null; then
    without documentation doxygen
else
    status=0
    doxygen packaging/Doxyfile > build/checks-documentation.log 2>&1 || status=1
    [ $status -eq 0 ] || head -40 build/checks-documentation.log >&2
    say documentation $status "build/doc/html/index.html"
fi

# --- the other shapes of the build ----------------------------------------------------------------------------------
targets="mnerva_workflow"
status=0
configure_and_build build-no-engine no-engine -DCMAKE_BUILD_TYPE=Release -DMNERVA_ENGINE=OFF || status=1
say "without the engine" $status
status=0
configure_and_build build-no-window no-window -DCMAKE_BUILD_TYPE=Release -DMNERVA_WINDOW=OFF || status=1
say "without the window" $status

# --- sanitizers -----------------------------------------------------------------------------------------------------
# FOLDER NAME: every test, one after the other under its time limit; counts and findings.
run_suites() {
    local log=$1/checks-$2.log result=0
    timeout "${MNERVA_CHECKS_TIMEOUT:-7200}" ctest --test-dir "$1" -Q -V -j "$jobs" --timeout 3000 \
        --output-log "$log" || result=$?
    read -r passed broken <<< "$(awk -f packaging/count_tests.awk "$log")"
    findings=$(grep -acE 'ERROR: (Address|Leak)Sanitizer|runtime error:|WARNING: ThreadSanitizer' "$log" || true)
    [ "$findings" -eq 0 ] && [ "$broken" -eq 0 ] && [ "$passed" -gt 0 ] || result=1
    [ $result -eq 0 ] || tell "$log" 80
    counts="$passed passed, $broken failed, $findings findings"
    return $result
}
engine=$([ "${MNERVA_ASAN_ENGINE:-0}" = 1 ] && echo ON || echo OFF)
# Qt, fontconfig and ICU keep what they made once until the end; a leak of ours is still one.
export LSAN_OPTIONS="suppressions=$PWD/tests/support/leaks.txt:print_suppressions=0"
export UBSAN_OPTIONS="print_stacktrace=1" ASAN_OPTIONS="detect_stack_use_after_return=1"
targets="all"
status=0 counts="not built"
if configure_and_build build-asan asan-build --preset asan -DMNERVA_ENGINE="$engine"; then
    run_suites build-asan asan || status=1
else
    status=1
fi
say "address and undefined behaviour" $status "$counts"
if grep -q '"tsan"' CMakePresets.json; then
    status=0 counts="not built"
    if configure_and_build build-tsan tsan-build --preset tsan; then
        run_suites build-tsan tsan || status=1
    else
        status=1
    fi
    say threads $status "$counts"
fi

[ $failed -eq 0 ] && echo "checks: ok" || echo "checks: FAILED"
exit $failed
