#!/bin/bash
# Brings translations/*.ts up to date with the texts in ui/ and app/, and with those that core decides (MNERVA_TEXT).
# Run it after changing a text, then fill in what is marked unfinished (Qt Linguist or an editor). --check fails when
# something is missing.
set -euo pipefail
cd "$(dirname "$0")/.."
lupdate=$(command -v lupdate-qt6 || ls /usr/lib/qt6/bin/lupdate 2>/dev/null || command -v lupdate)

if [ "${1:-}" = --check ]; then
    missing=$(grep -c 'type="unfinished"' translations/*.ts | awk -F: '{sum += $2} END {print sum}' || true)
    echo "$missing unfinished"
    [ "$missing" = 0 ]
    exit
fi
# lupdate follows includes to find the namespaces of classes; the headers of core confuse its parser, so it sees ui only,
# and of core the files that hold sentences.
only_ui=$(mktemp -d)
trap 'rm -rf "$only_ui"' EXIT
ln -s "$PWD/ui" "$only_ui/ui"
mapfile -t marked < <(grep -rl 'MNERVA_TEXT(' core --include='*.cpp' | sort)
update() {
    "$lupdate" -silent -I "$only_ui" -locations none -no-obsolete -source-language en \
        -tr-function-alias QT_TRANSLATE_NOOP+=MNERVA_TEXT ui app "${marked[@]}" "$@"
}
update -pluralonly -ts translations/mnerva_en.ts
update -ts translations/mnerva_zh_CN.ts
grep -c 'type="unfinished"' translations/*.ts || true
