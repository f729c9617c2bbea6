#!/bin/bash
# Builds Mnerva and opens its window on a sample project; with --headless goes the whole line without a window: data,
# training, prediction, scores, a corrected export and a heat map.
# usage: run.sh [--torch pypi] [--headless]   --torch pypi: with PyPI's torch, which runs on a GPU (6 GB more)
set -euo pipefail
cd "$(dirname "$0")/.."

bin=build/bin
torch=()
headless=false
while [ $# -gt 0 ]; do
    case "$1" in
        --headless) headless=true ;;
        --torch) torch=(--torch "${2:-}"); bin=build-torch/bin; shift ;;
        *) echo "usage: run.sh [--torch pypi] [--headless]" >&2; exit 2 ;;
    esac
    shift
done

packaging/setup.sh "${torch[@]}"
if $headless; then packaging/build.sh "${torch[@]}" mnerva-cli; else packaging/build.sh "${torch[@]}" mnerva mnerva-cli; fi

cli=$bin/mnerva-cli
trial=build/trial
data=$trial/data
project=$trial/project
log=$trial/log.txt
mkdir -p $trial
: > $log

# Runs quietly; what it said is shown when it fails.
quietly() {
    if ! "$@" >> $log 2>&1; then
        tail -20 $log >&2
        echo "run: failed: $*" >&2
        exit 1
    fi
}
# micro.f1 of the scores on stdin.
micro_f1() { awk -F'[:,]' '/"micro"/ { inside = 1 } inside && /"f1"/ { printf "%.4f\n", $2; exit }'; }

# Made once and whole: a person's work in it is never thrown away.
make_project() {
    [ -f $project/project.mnerva ] && return
    rm -rf $project.part
    quietly $cli sample $data --posts 1000 --seed 1
    quietly $cli init $project.part
    quietly $cli import $project.part $data/train.txt $data/valid.txt $data/test.txt --images $data/images \
        --crops $data/crops.json --crop-dir $data/crops
    mv $project.part $project
}

train_and_score() {  # RUN OPTION...: prints micro F1 on the test split
    local run=$1
    shift
    rm -rf "$project/runs/$run"
    quietly $cli train $project --system mpcfn --encoder tiny --resnet random18 --preset sample --run "$run" "$@"
    quietly $cli predict $project --run "$run" --split test
    $cli evaluate $project --layer "$run" --split test --json > "$trial/$run.json"
    micro_f1 < "$trial/$run.json"
}

if ! $headless; then
    make_project
    exec $bin/mnerva --project $project
fi

began=$(date +%s)
echo "sample project in $project"
make_project
echo "training on the text alone, then with pictures (a tiny random encoder, a random ResNet-18)"
text_f1=$(train_and_score text-only --set text_only=true --set epochs=4)
mpcfn_f1=$(train_and_score mpcfn --set epochs=6)
echo "F1 text-only $text_f1"
echo "F1 MPCFN     $mpcfn_f1"
quietly $cli export $project $trial/corrected --format mner --layer corrected --force
post=
while read -r id; do
    [ -n "$post" ] || [ ! -f "$data/boxes/$id.xml" ] || post=$id
done < <(sed -n 's/^IMGID://p' $data/test.txt)
quietly $cli explain $project --run mpcfn --post "$post" --out $trial/heatmap.png --force
echo "corrected export in $trial/corrected, heat map of post $post in $trial/heatmap.png"
echo "done in $(($(date +%s) - began)) s"
