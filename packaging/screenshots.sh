#!/bin/bash
# Pictures of every page and dialog, in both languages and both themes: packaging/screenshots.sh [FOLDER] [PROJECT]
# Without a PROJECT a small one is made of photos (public domain and CC0, out of PyPI's scikit-image, fetched now, kept in
# FOLDER), with posts in both languages, faces found, three runs trained, in some minutes; where nothing can be fetched the
# sample is shown. MNERVA_SIZES="1280x800 1920x1200" are the windows' sizes. Needs a build in build/ (packaging/run.sh).
set -euo pipefail
cd "$(dirname "$0")/.."
out=${1:-build/screenshots}
window=${MNERVA_WINDOW:-build/bin/mnerva}
cli=${MNERVA_CLI:-build/bin/mnerva-cli}
sizes=${MNERVA_SIZES:-1440x900}
for program in "$window" "$cli"; do
    [ -x "$program" ] || { echo "There is no $program; run packaging/run.sh first." >&2; exit 1; }
done

# The project whose first posts are in this language: FOLDER/photos-LANGUAGE. Kept for the next time.
photo_project() { # en|zh
    local folder=$out/photos-$1 layer
    [ ! -f "$folder/ready" ] || return 0
    rm -rf "$folder"
    mkdir -p "$folder"
    python3 packaging/screenshots/photo_posts.py "$wheel" "$folder/data" --first "$1"
    "$cli" init "$folder/project"
    "$cli" import "$folder/project" "$folder"/data/{test,train,valid}.txt --images "$folder/data/images"
    "$cli" detect "$folder/project" --detector faces
    # The last one is what pages show first.
    "$cli" train "$folder/project" --run text-only --system bert-crf --encoder tiny --preset sample --set epochs=6
    "$cli" train "$folder/project" --run UMT --system umt --encoder tiny --resnet random18 --preset sample --set epochs=8
    "$cli" train "$folder/project" --run MPCFN --system mpcfn --encoder tiny --resnet random18 --preset sample \
        --set epochs=14
    for layer in text-only UMT MPCFN; do "$cli" predict "$folder/project" --run $layer; done
    "$cli" predict "$folder/project" --run MPCFN --split test --influence
    "$cli" explain "$folder/project" --run MPCFN --split test --maps
    touch "$folder/ready"
}

mkdir -p "$out"
project=()
if [ $# -ge 2 ]; then
    project=(--project "$2")
else
    wheel=$(find "$out" -name 'scikit_image-*.whl' | head -1)
    if [ -z "$wheel" ] && ! { python3 -m pip download --quiet --no-deps --only-binary :all: --dest "$out" scikit-image &&
        wheel=$(find "$out" -name 'scikit_image-*.whl' | head -1); }; then
        echo "screenshots: no photos can be fetched (scikit-image from PyPI); the sample is shown" >&2
    fi
fi
run=()
if [ -z "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
    if command -v xvfb-run > /dev/null; then
        run=(xvfb-run -a -s "-screen 0 2000x1300x24")
    else
        export QT_QPA_PLATFORM=offscreen
    fi
fi
for language in en zh_CN; do
    if [ $# -lt 2 ] && [ -n "$wheel" ]; then
        photo_project "${language%_CN}" > "$out/photos-${language%_CN}.log" 2>&1 || {
            tail -5 "$out/photos-${language%_CN}.log" >&2
            exit 1
        }
        project=(--project "$out/photos-${language%_CN}/project")
    fi
    for theme in light dark; do
        for size in $sizes; do
            "${run[@]}" "$window" --capture "$out/$language-$theme-$size" --capture-size "$size" --language "$language" \
                --theme "$theme" "${project[@]}"
        done
    done
done
