#!/bin/bash
# Builds the fuzzing programs with clang, ASan and UBSan and runs each.
# usage: fuzz.sh [SECONDS] [TARGET...]   60 seconds and all targets of tests/fuzz/targets where nothing is said
# Inputs that were learned stay in build-fuzz/corpus, what was found lies in build-fuzz/found. A find that was mended goes
# to tests/fuzz/found/TARGET, where the ordinary tests replay it. JOBS: builds at once (default: all cores).
set -euo pipefail
cd "$(dirname "$0")/.."

seconds=60
if [[ ${1:-} =~ ^[0-9]+$ ]]; then
    seconds=$1
    shift
fi
targets=("$@")
if [ ${#targets[@]} -eq 0 ]; then
    for source in tests/fuzz/targets/*.cpp; do targets+=("$(basename "$source" .cpp)"); done
fi

compiler=$(command -v clang++-14 || command -v clang++ || true)
if [ -z "$compiler" ]; then
    echo "fuzz: no clang++; get it with packaging/setup.sh --fuzz" >&2
    exit 1
fi
[ -f build-fuzz/build.ninja ] ||
    cmake -S . -B build-fuzz -G Ninja -DMNERVA_FUZZ=ON -DCMAKE_CXX_COMPILER="$compiler" > /dev/null
cmake --build build-fuzz -j "${JOBS:-$(nproc)}" --target "${targets[@]/#/fuzz_}" > build-fuzz/build.log 2>&1 ||
    { tail -40 build-fuzz/build.log >&2; exit 1; }

# What is freed is kept for a while to see late uses; that counts as memory, so not much of it.
export ASAN_OPTIONS=quarantine_size_mb=16:malloc_context_size=20:detect_leaks=1
export UBSAN_OPTIONS=print_stacktrace=1
failed=0
printf '%-16s %12s %8s %8s %10s  %s\n' target executions cov corpus MB result
for target in "${targets[@]}"; do
    corpus=build-fuzz/corpus/$target found=build-fuzz/found/$target log=build-fuzz/fuzz_$target.log
    mkdir -p "$corpus" "$found"
    result="nothing found"
    inputs=("$corpus" "tests/fuzz/seeds/$target")
    [ -d "tests/fuzz/found/$target" ] && inputs+=("tests/fuzz/found/$target")
    # The limits are part of what is promised: memory, and time for one input.
    if ! "build-fuzz/bin/fuzz_$target" -max_total_time="$seconds" -max_len=16384 -rss_limit_mb=512 -timeout=5 \
        -print_final_stats=1 -artifact_prefix="$found/" "${inputs[@]}" > "$log" 2>&1; then
        grep -aq 'run interrupted' "$log" && result="interrupted" ||
            result="FOUND: $(grep -aom1 -E '(ERROR: (Address|Leak)Sanitizer: [a-z-]+|runtime error: .*|broken promise: .*|ALARM.*|out-of-memory.*|terminate called.*|deadly signal)' "$log" || echo "see $log")"
        failed=1
    fi
    printf '%-16s %12s %8s %8s %10s  %s\n' "$target" \
        "$(grep -a 'stat::number_of_executed_units' "$log" | awk '{print $2}')" \
        "$(grep -aoE 'cov: [0-9]+' "$log" | tail -1 | cut -d' ' -f2)" "$(find "$corpus" -type f | wc -l)" \
        "$(grep -a 'stat::peak_rss_mb' "$log" | awk '{print $2}')" "$result"
done
exit $failed
