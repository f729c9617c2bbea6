#!/bin/bash
# What a machine with Python's torch makes of the engine bundle (packaging/bundle-engine.sh --with-checks): trains the sample,
# predicts, explains and measures on every device there is, beside the Python references, and prints one JSON object.
# Under 8 minutes. Nothing of ours is needed but the bundle and this repository's tests/bench and tests/reference.
# usage: check.sh BUNDLE.tar.xz [PYTHON]      PYTHON: the one whose torch is used; python3 if not said
set -uo pipefail
here=$(cd "$(dirname "$0")/../.." && pwd)
bundle=${1:?usage: check.sh BUNDLE.tar.xz [PYTHON]}
export MNERVA_PYTHON=${2:-python3} MNERVA_SOURCE=$here
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
log=$work/log.txt
began=$(date +%s)
# A small machine may have no xz; its Python has.
tar -C "$work" -xf "$bundle" 2> /dev/null || "$MNERVA_PYTHON" -m tarfile -e "$bundle" "$work" || { echo "check: $bundle cannot be unpacked" >&2; exit 1; }
root=$(echo "$work"/mnerva-engine-*)
cli=$root/mnerva-cli
export PYTHONPATH=$root/python
program() { MNERVA_BUNDLE_PROGRAM=$1 "$cli" "${@:2}"; }

results=()
failures=0
note() { results+=("$1"); echo "check: $1" >&2; }  # a member of the JSON object
fail() {
    failures=$((failures + 1))
    echo "check: FAILED: $1" >&2
    tail -5 "$log" >&2
}
step() { "$@" >> "$log" 2>&1; }
left() { echo $((${MNERVA_CHECK_SECONDS:-460} - $(date +%s) + began)); }

doctor=$("$cli" doctor --json 2>> "$log") || { cat "$log" >&2; exit 1; }
note "\"doctor\": $(tr -d '\n' <<< "$doctor")"
devices=(cpu)
[[ $doctor == *'"cuda:0"'* ]] && devices=(cuda:0 cpu)
gpu=$("$MNERVA_PYTHON" -c 'import torch; print(torch.cuda.get_device_name(0) if torch.cuda.is_available() else "none")' 2>> "$log")
note "\"gpu\": \"$gpu\""

# Every system, variant and option on the device against the CPU, gradients too; and the golden numbers of PyTorch.
golden() {
    local device=$1 out
    out=$(MNERVA_TEST_DEVICE=$device program unit_models "$2" 2>&1) || { echo "$out" >> "$log"; fail "$2 on $device"; }
    note "\"$3 $device\": \"$(tail -3 <<< "$out" | tr -d '\n=')\""
}
[ "${devices[0]}" = cpu ] || golden "${devices[0]}" "Device.*" "systems on"
golden cpu "*equal PyTorch's*" "golden on"

# data, training, prediction, scores, explanation
data=$work/data
other=$work/other  # posts that no run learns from or stops by: of the sample's own few an entity is more than a point
project=$work/project
step "$cli" sample "$data" --posts 1000 --seed 1 && step "$cli" sample "$other" --posts 1000 --seed 2 || fail sample
take() { step "$cli" import "$project" "${@:2}" --images "$1/images" --crops "$1/crops.json" --crop-dir "$1/crops"; }
step "$cli" init "$project" && take "$data" "$data"/{train,valid}.txt && take "$other" "$other/train.txt" --split test || fail import
f1() { awk -F'[:,]' '/"micro"/ { inside = 1 } inside && /"f1"/ { printf "%.4f\n", $2; exit }'; }
train_on() {  # SYSTEM DEVICE PRECISION
    local run=$1-${2/:/}-$3 from to score
    from=$(date +%s.%N)
    step "$cli" train "$project" --system "$1" --encoder tiny --resnet random18 --preset sample --run "$run" --device "$2" \
        --set precision="$3" || { fail "training of $run"; return; }
    to=$(date +%s.%N)
    step "$cli" predict "$project" --run "$run" --split test --device "$2" || fail "prediction of $run"
    score=$("$cli" evaluate "$project" --layer "$run" --split test --json 2>> "$log" | f1)
    note "\"$run\": {\"f1\": ${score:-null}, \"seconds\": $(awk "BEGIN {printf \"%.1f\", $to - $from}")}"
    scores[$run]=${score:-0}
}
declare -A scores
post=$(basename "$(ls "$data/boxes" | head -1)" .xml)
for system in mpcfn hvpnet; do
    for device in "${devices[@]}"; do
        train_on $system "$device" fp32
        [ "$device" = cpu ] && [ ${#devices[@]} -gt 1 ] || train_on $system "$device" bf16
    done
    first=${devices[0]/:/}
    how=()
    [ $system = hvpnet ] && how=(--method occlusion)  # its words do not attend to cells
    step "$cli" explain "$project" --run "$system-$first-fp32" --post "$post" --out "$work/$system.png" --device "${devices[0]}" "${how[@]}" ||
        fail "explanation by $system"
    for other in "$system-$first-bf16" "$system-cpu-fp32"; do
        [ -n "${scores[$other]:-}" ] || continue
        awk "BEGIN {d = ${scores[$other]} - ${scores[$system-$first-fp32]:-0}; exit !(d >= -0.01 && d <= 0.01)}" ||
            fail "F1 of $other is ${scores[$other]}, of $system-$first-fp32 ${scores[$system-$first-fp32]:-0}"
    done
done

# A step at BERT-base size, ours and Python's in turn.
threads=$("$MNERVA_PYTHON" -c 'import os; print(len(os.sched_getaffinity(0)))')
measure() {  # SYSTEM DEVICE POSTS PRECISION STEPS
    local extra=() ours theirs
    [ "$4" = bf16 ] && extra=(bf16)
    ours=$(program step_bench "$1" "$threads" "$5" "${extra[@]}" device="$2" posts="$3" 2>> "$log") || fail "step_bench $*"
    theirs=$("$MNERVA_PYTHON" "$here/tests/bench/step_reference.py" "$1" "$threads" "$5" "${extra[@]}" device="$2" posts="$3" 2>> "$log") ||
        fail "step_reference $*"
    note "\"step $1 $2 $3 $4\": {\"mnerva\": ${ours:-null}, \"python\": ${theirs:-null}}"
}
for system in mpcfn hvpnet; do
    if [ "${devices[0]}" = cpu ]; then
        for precision in fp32 bf16; do
            [ "$(left)" -gt 90 ] && measure $system cpu 8 $precision 2
        done
    else
        for posts in 8 32 64; do
            for precision in fp32 bf16; do
                [ "$(left)" -gt 30 ] && measure $system cuda:0 $posts $precision 10
            done
        done
    fi
done

note "\"seconds\": $(($(date +%s) - began)), \"failures\": $failures"
printf '{'
first=true
for result in "${results[@]}"; do
    $first || printf ', '
    first=false
    printf '%s' "$result"
done
printf '}\n'
[ $failures -eq 0 ]
