#!/bin/bash
# Runs mnerva-cli over every input of ../shared/cases and over the files of its hostile.py, and prints a table: what the
# README there says must happen, and what did. Exit status 1 where a row fails.
# usage: cases.sh [NAME...]    rows whose case begins with a NAME; MNERVA_CLI and MNERVA_CASES name other places
set -uo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
cli=${MNERVA_CLI:-$root/build/bin/mnerva-cli}
cases=${MNERVA_CASES:-$root/../shared/cases}
seconds=10       # for one command; 60 where a model is made
megabytes=300    # of memory, where a file is hostile
wanted=("$@")

if [ ! -d "$cases" ]; then
    echo "cases: skipped, $cases is not there"
    exit 0
fi
if [ ! -x "$cli" ]; then
    echo "cases: $cli is not there; build it first" >&2
    exit 1
fi
cases=$(cd "$cases" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
rows=0 failed=0
printf '%-34s %-58s %4s %6s %5s  %s\n' case command rc MB s 'result; last sentence'

# run SECONDS COMMAND...: its output in $out (both streams), its status in $rc, its peak memory in $peak, time in $took.
run() {
    local limit=$1 start pid now
    shift
    start=$(date +%s%N)
    timeout -k 2 "$limit" "$@" > "$work/out" 2>&1 < /dev/null &
    pid=$!
    peak=0
    while kill -0 "$pid" 2> /dev/null; do
        # timeout's child is the program
        for child in $(cat "/proc/$pid/task/$pid/children" 2> /dev/null); do
            now=$(awk '/^VmHWM/ {print int($2 / 1024)}' "/proc/$child/status" 2> /dev/null)
            [ -n "$now" ] && [ "$now" -gt "$peak" ] && peak=$now
        done
        sleep 0.02
    done
    wait "$pid"
    rc=$?
    took=$(awk -v n=$(($(date +%s%N) - start)) 'BEGIN {printf "%.1f", n / 1e9}')
    out=$(tr -d '\000' < "$work/out")
}

chosen() {
    [ ${#wanted[@]} -eq 0 ] && return 0
    local name
    for name in "${wanted[@]}"; do [[ $1 == "$name"* ]] && return 0; done
    return 1
}

# row CASE RC PATTERN COMMAND...: RC is the status that is wanted, PATTERN an extended regular expression that the output
# must hold; with a leading '!' one that it must not hold; '-': none.
row() {
    local name=$1 want=$2 pattern=$3 limit=$seconds memory=0 why= last shown
    shift 3
    chosen "$name" || return 0
    [ "${slow:-}" ] && limit=60
    [ "${hostile:-}" ] && memory=$megabytes
    run "$limit" "$@"
    [ "$rc" = "$want" ] || why="rc $want wanted"
    case $pattern in
        -) ;;
        !*) grep -qE -- "${pattern#!}" <<< "$out" && why="$why; says /${pattern#!}/" ;;
        *) grep -qE -- "$pattern" <<< "$out" || why="$why; does not say /$pattern/" ;;
    esac
    [ "$memory" = 0 ] || [ "$peak" -le "$memory" ] || why="$why; more than $memory MB"
    # A crash is never what was wanted.
    [ "$rc" -lt 128 ] || [ "$rc" = 130 ] || why="$why; ended by a signal or by the time limit"
    [ "$rc" != 124 ] || why="$why; longer than $limit s"
    last=$(printf '%s\n' "$out" | grep -v '^ *[]}{[]*,* *$' | tail -1 | cut -c1-150)
    shown=$(printf '%s ' "$@" | sed "s#$cli#mnerva-cli#; s#$work/##g; s#$cases/##g" | cut -c1-58)
    rows=$((rows + 1))
    if [ -z "$why" ]; then
        printf '%-34s %-58s %4s %6s %5s  ok: %s\n' "$name" "$shown" "$rc" "$peak" "$took" "$last"
    else
        failed=$((failed + 1))
        printf '%-34s %-58s %4s %6s %5s  FAIL (%s): %s\n' "$name" "$shown" "$rc" "$peak" "$took" "${why#; }" "$last"
    fi
}

# fresh: a new project in $p.
number=0
fresh() {
    number=$((number + 1))
    p=$work/p$number
    "$cli" init "$p" > /dev/null || echo "cases: no project could be made" >&2
}

# same CASE FILE FILE: both have the same bytes.
same() { row "$1" 0 - cmp "$2" "$3"; }

# posts CASE N FILE [OPTION...]: a fresh project gets N posts of FILE.
posts() {
    local name=$1 count=$2
    shift 2
    chosen "$name" || return 0
    fresh
    row "$name" 0 "\"posts\": $count," "$cli" import "$p" "$@" --json
}

# refused CASE PATTERN FILE [OPTION...]: nothing of FILE is imported; the sentence holds PATTERN.
refused() {
    local name=$1 pattern=$2
    shift 2
    chosen "$name" || return 0
    fresh
    row "$name" 1 "$pattern" "$cli" import "$p" "$@"
    row "$name (nothing stored)" 0 '"splits": \{\}' "$cli" stats "$p" --json
}

# --- valid-is-test --------------------------------------------------------------------------------------------------
d=$cases/valid-is-test
fresh
row valid-is-test 0 '!already-imported' "$cli" import "$p" "$d/train.txt" "$d/valid.txt" "$d/test.txt" --json
row 'valid-is-test (again)' 1 'in the project already' "$cli" import "$p" "$d/test.txt"
slow=1 row 'valid-is-test (check)' 1 'valid-equals-test' "$cli" train "$p" --system mpcfn --encoder tiny --resnet random18 \
    --preset sample --set epochs=1 --run r

# --- columns, other-tools -------------------------------------------------------------------------------------------
d=$cases/columns
for f in train.txt train-csvcomma.csv train-multispace.txt train-noimgid.txt; do
    posts "columns/$f" 3 "$d/$f" --split train --strict
    row "columns/$f (entities)" 0 '"PER": [1-9]' "$cli" stats "$p" --json
done
refused other-tools/brat 'brat' "$cases/other-tools/brat_train.ann"
refused other-tools/doccano 'JSON lines' "$cases/other-tools/doccano_train.jsonl"
refused other-tools/labelstudio 'JSON' "$cases/other-tools/labelstudio_train.json"

# --- encodings ------------------------------------------------------------------------------------------------------
d=$cases/encodings
posts encodings/cr 3 "$d/cr_train.txt" --strict
posts encodings/bommid 2 "$d/bommid_train.txt" --strict
posts encodings/bomword 2 "$d/bomword_train.txt" --strict
posts encodings/utf16le 3 "$d/utf16le_bom_train.txt" --strict
refused encodings/gbk 'GB18030.*--encoding' "$d/gbk_train.txt"
posts 'encodings/gbk (named)' 1 "$d/gbk_train.txt" --encoding GBK --strict
row 'encodings/gbk (words)' 0 - "$cli" export "$p" "$work/gbk.txt" --split train
iconv -f GBK -t UTF-8 "$d/gbk_train.txt" > "$work/gbk-wanted.txt"
same 'encodings/gbk (words)' "$work/gbk.txt" "$work/gbk-wanted.txt"

# --- comments, docstart ---------------------------------------------------------------------------------------------
posts comments/train "$(grep -c ^IMGID "$cases/comments/train.txt")" "$cases/comments/train.txt"
row 'comments/train (told)' 0 'comment-line' "$cli" import "$p" "$cases/comments/train.txt" --again --dry-run --json
posts comments/valid "$(grep -c ^IMGID "$cases/comments/valid.txt")" "$cases/comments/valid.txt"
for f in train.txt train-tabs.txt; do
    posts "docstart/$f" 2 "$cases/docstart/$f"
    row "docstart/$f (told)" 0 'docstart-line": 2' "$cli" import "$p" "$cases/docstart/$f" --again --dry-run --json
    row "docstart/$f (words)" 0 '"words": 4,' "$cli" import "$p" "$cases/docstart/$f" --again --dry-run --json
done
posts docstart/nercol2 1 "$cases/docstart/train-nercol2.txt"
row 'docstart/nercol2 (entities)' 0 '"entities": 2,' "$cli" import "$p" "$cases/docstart/train-nercol2.txt" --again --dry-run --json
posts docstart/firstcol 2 "$cases/docstart/train-firstcol.txt"
row 'docstart/firstcol (entities)' 0 '"entities": 3,' "$cli" import "$p" "$cases/docstart/train-firstcol.txt" --again --dry-run --json

# --- odd-tags, separators, iob1, ids --------------------------------------------------------------------------------
for f in "$cases"/odd-tags/*_train.txt; do
    name=odd-tags/$(basename "$f" _train.txt)
    case $name in
        */empty) refused "$name" 'the tag B-' "$f" ;;
        */bilou)
            posts "$name" 2 "$f"
            row "$name (scheme)" 0 '"scheme": "bioes"' "$cli" import "$p" "$f" --again --dry-run --json
            row "$name (entities)" 0 '"entities": 4,' "$cli" import "$p" "$f" --again --dry-run --json
            ;;
        *)
            posts "$name" 2 "$f"
            row "$name (told)" 0 'tag-cleaned' "$cli" import "$p" "$f" --again --dry-run --json
            row "$name (entities)" 0 '"entities": 2,' "$cli" import "$p" "$f" --again --dry-run --json
            ;;
    esac
done
posts separators "$(grep -c ^IMGID "$cases/separators/train.txt")" "$cases/separators/train.txt" --strict
row 'separators (export)' 0 - "$cli" export "$p" "$work/separators.txt" --split train
LC_ALL=C sed 's/\(\t[BO][-A-Z]*\)\(\xE2\x80\xA8\|\xC2\xA0\|\xC2\x85\)$/\1/' "$cases/separators/train.txt" > "$work/separators-wanted.txt"
same 'separators (export)' "$work/separators.txt" "$work/separators-wanted.txt"
posts iob1 1 "$cases/iob1/iob1_train.txt"
row 'iob1 (to the letter)' 0 - "$cli" export "$p" "$work/iob1.txt" --split train
same 'iob1 (to the letter)' "$work/iob1.txt" "$cases/iob1/iob1_train.txt"
row 'iob1 (converted)' 0 - "$cli" export "$p" "$work/bio.txt" --split train --scheme bio
same 'iob1 (converted)' "$work/bio.txt" "$cases/iob1/train.txt"
fresh
row ids 0 'made-up-ids": 2' "$cli" import "$p" "$cases/ids/train.txt" "$cases/ids/valid.txt" "$cases/ids/test.txt" --json
row 'ids (export)' 0 - "$cli" export "$p" "$work/ids"
row 'ids (unique)' 0 - bash -c "[ \$(cat '$work/ids'/*.txt | grep ^IMGID | sort -u | wc -l) = 3 ]"

# --- export replaces nothing unasked --------------------------------------------------------------------------------
fresh
cp "$cases/valid-is-test/train.txt" "$work/mine_train.txt"
row export 0 - "$cli" import "$p" "$work/mine_train.txt"
row 'export (project)' 1 'belongs to a Mnerva project' "$cli" export "$p" "$p/project.mnerva" --split train --force
row 'export (its folder)' 1 'belongs to a Mnerva project' "$cli" export "$p" "$p"
row 'export (its source)' 1 'exists already' "$cli" export "$p" "$work/mine_train.txt" --split train --scheme bmes
same 'export (its source)' "$work/mine_train.txt" "$cases/valid-is-test/train.txt"
row 'export (forced)' 0 - "$cli" export "$p" "$work/mine_train.txt" --split train --force
row 'export (sound)' 0 'sound' "$cli" check "$p"
: > "$work/empty_train.txt"
refused empty 'Nothing was imported' "$work/empty_train.txt"

# --- pictures -------------------------------------------------------------------------------------------------------
d=$cases/orientation
fresh
row orientation 0 '"boxes": 5' "$cli" import "$p" "$d/train.txt" --images "$d/images" --xml "$d/boxes" --json
row 'orientation (assumed, told)' 0 'box-orientation-assumed' "$cli" import "$p" "$d/train.txt" --images "$d/images" --xml "$d/boxes" --again --dry-run --json
d=$cases/picture-kinds
fresh
row picture-kinds 0 '!"text": "e(7|8|9)(\.[a-z]+)?"' "$cli" import "$p" "$d/train.txt" --images "$d/images" --json
slow=1 row 'picture-kinds (AVIF is no JPEG)' 0 'AVIF' "$cli" detect "$p" --json
d=$cases/broken-pictures
fresh
row broken-pictures 0 - "$cli" import "$p" "$d/train.txt" --images "$d/images"
for t in t0 t2 t4; do
    slow=1 row "broken-pictures ($t)" 0 "$t\.jpg" "$cli" detect "$p" --json
done
d=$cases/thin-picture
fresh
row thin-picture 0 - "$cli" import "$p" "$d/train.txt" "$d/valid.txt" --images "$d/images"
slow=1 row 'thin-picture (detect)' 0 '!went wrong' "$cli" detect "$p" --json
d=$cases/boxes-too-large
fresh
row boxes-too-large 0 'box-clipped' "$cli" import "$p" "$d/train.txt" --images "$d/images" --xml "$d/boxes" --crops "$d/aux.json" --crop-dir "$d/crops" --json
row 'boxes-too-large (size lies)' 0 'xml-size-differs' "$cli" import "$p" "$d/train.txt" --images "$d/images" --xml "$d/boxes" --again --dry-run --json
row 'boxes-too-large (crop)' 0 'crop-too-large' "$cli" import "$p" "$d/train.txt" --images "$d/images" --crops "$d/aux.json" --crop-dir "$d/crops" --again --dry-run --json

# --- what the window shows is tested there; here: it goes in and out to the letter ------------------------------------
for name in markup right-to-left; do
    posts $name "$(grep -c ^IMGID "$cases/$name/train.txt")" "$cases/$name/train.txt"
    row "$name (export)" 0 - "$cli" export "$p" "$work/$name.txt" --split train
    same "$name (export)" "$work/$name.txt" "$cases/$name/train.txt"
done

# --- hostile files --------------------------------------------------------------------------------------------------
h=$work/hostile
if ! command -v python3 > /dev/null; then
    echo "cases: hostile.py skipped, python3 is not there"
elif chosen hostile || [[ " ${wanted[*]-}" == *" hostile"* ]]; then
    python3 "$cases/hostile.py" "$h"
    fresh
    "$cli" import "$p" "$cases/valid-is-test/train.txt" "$cases/comments/valid.txt" > /dev/null 2>&1
    hostile=1
    train() {
        local name=$1 pattern=$2
        shift 2
        row "hostile/$name" 1 "$pattern" "$cli" train "$p" --system mpcfn --preset sample --set epochs=1 --overrule all --run "r$RANDOM" "$@"
    }
    for f in overflow.pth legacy.pth bomb.pth empty.safetensors deep.safetensors; do
        train "$f" "$f" --encoder tiny --resnet "$h/$f"
    done
    mkdir -p "$h/deep-encoder"
    cp "$h/deep-config.json" "$h/deep-encoder/config.json"
    train deep-config.json 'config\.json' --encoder "$h/deep-encoder" --resnet random18
    train deep-tokenizer 'deep-tokenizer' --encoder "$h/deep-tokenizer" --resnet random18
    row hostile/crops.pth 1 'crops\.pth' "$cli" import "$p" "$cases/valid-is-test/test.txt" --crops "$h/crops.pth"
    mkdir -p "$p/runs/deep"
    cp "$h/deep-run.json" "$p/runs/deep/run.json"
    row hostile/deep-run.json 1 'deep' "$cli" predict "$p" --run deep
    hostile=
fi

echo "$rows rows, $failed failed"
[ "$failed" = 0 ]
