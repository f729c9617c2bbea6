#!/bin/bash
# Brings translations/*.ts up to date with the texts in ui/ and app/, and with those that core decides (MNERVA_TEXT).
# Run it after changing a text, then fill in what is marked unfinished (Qt Linguist or an editor). --check changes nothing
# and fails when that is still to be done.
set -euo pipefail
cd "$(dirname "$0")/.."
lupdate=$(command -v lupdate-qt6 || ls /usr/lib/qt6/bin/lupdate 2>/dev/null || command -v lupdate) || {
    echo "translate.sh: Qt's lupdate is missing (packaging/setup.sh installs it)" >&2
    exit 3
}

# lupdate follows includes to find the namespaces of classes; the headers of core confuse its parser, so it sees ui only,
# and of core the files that hold sentences.
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
ln -s "$PWD/ui" "$work/ui"
mapfile -t marked < <(grep -rl 'MNERVA_TEXT(' core --include='*.cpp' | sort)
update() {
    "$lupdate" -silent -I "$work" -locations none -no-obsolete -source-language en \
        -tr-function-alias QT_TRANSLATE_NOOP+=MNERVA_TEXT ui app "${marked[@]}" "$@"
}
# Not the whole file: another version of lupdate may write the same texts otherwise.
texts() {
    grep -E '<(name|source|comment|message numerus)' "$1"
}
bring() {  # folder of the .ts files
    update -pluralonly -ts "$1/mnerva_en.ts"
    update -ts "$1/mnerva_zh_CN.ts"
}

if [ "${1:-}" = --check ]; then
    cp translations/*.ts "$work"
    rc=0
    said=$(bring "$work" 2>&1) || rc=1
    if [ -n "$said" ]; then
        echo "$said"
        rc=1
    fi
    for file in translations/*.ts; do
        if ! diff -U 1 <(texts "$file") <(texts "$work/${file##*/}"); then
            echo "$file lacks texts of the sources, or has others: run packaging/translate.sh"
            rc=1
        fi
        if grep -q 'type="unfinished"' "$work/${file##*/}"; then
            echo "$file: $(grep -c 'type="unfinished"' "$work/${file##*/}") unfinished"
            rc=1
        fi
    done
    exit $rc
fi
bring translations
grep -c 'type="unfinished"' translations/*.ts || true
