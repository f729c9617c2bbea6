#!/bin/bash
# Pictures of every page and dialog, in both languages and both themes: packaging/screenshots.sh [FOLDER] [PROJECT]
# Without a PROJECT the sample is made and shown. Needs a build in build/ (packaging/run.sh makes one).
set -euo pipefail
cd "$(dirname "$0")/.."
out=${1:-build/screenshots}
window=${MNERVA_WINDOW:-build/bin/mnerva}
[ -x "$window" ] || { echo "There is no $window; run packaging/run.sh first." >&2; exit 1; }

project=()
[ $# -ge 2 ] && project=(--project "$2")
run=()
if [ -z "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
    if command -v xvfb-run >/dev/null; then
        run=(xvfb-run -a -s "-screen 0 1600x1000x24")
    else
        export QT_QPA_PLATFORM=offscreen
    fi
fi
for language in en zh_CN; do
    for theme in light dark; do
        "${run[@]}" "$window" --capture "$out/$language-$theme" --language "$language" --theme "$theme" "${project[@]}"
    done
done
