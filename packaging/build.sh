#!/bin/bash
# Configures and builds to build/ (Release). Quiet: what the tools say goes to build/build.log and is shown on failure.
# usage: build.sh [--torch pypi|FOLDER] [TARGET...]
#   --torch   with another libtorch than Debian's, to build-torch/: `pypi`, that of setup.sh --torch pypi, or the folder of a
#             Python's torch package or of an unpacked official libtorch
set -euo pipefail
cd "$(dirname "$0")/.."

folder=build
options=()
if [ "${1:-}" = --torch ]; then
    torch=${2:-}
    if [ "$torch" = pypi ]; then torch=$(echo "$PWD"/build/torch-python/lib/python3*/site-packages/torch); fi
    if [ ! -d "$torch/lib" ]; then
        echo "build: no libtorch in ${torch:-(nothing)}; packaging/setup.sh --torch pypi fetches one" >&2
        exit 1
    fi
    shift 2
    folder=build-torch
    options=("-DMNERVA_TORCH=$(realpath "$torch")")
fi
mkdir -p $folder

# A file with libtorch's headers takes 1.1 GB to compile: no more at once than the memory holds.
cores=$(nproc)
memory_gb=$(awk '/MemAvailable/ {print int($2 / 1048576)}' /proc/meminfo 2> /dev/null || echo 4)
jobs=$((memory_gb * 2 / 3 < cores ? memory_gb * 2 / 3 : cores))
jobs=$((jobs > 0 ? jobs : 1))

# With ccache installed a second clone builds from the first one's results: paths are hashed relative to the clone.
export CCACHE_BASEDIR=$PWD CCACHE_NOHASHDIR=1
export CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime

fail() {
    grep -aE -A12 'error|FAILED|CMake Error' $folder/build.log | head -60 >&2 || true
    echo "build: failed; the whole log is $folder/build.log" >&2
    exit 1
}
: > $folder/build.log
if [ ! -f $folder/build.ninja ] || { [ ${#options[@]} -gt 0 ] && ! grep -qF "${options[0]#-DMNERVA_TORCH=}" $folder/CMakeCache.txt; }; then
    echo "build: first build, several minutes on a small machine" >&2
    cmake --preset release -B $folder "${options[@]}" >> $folder/build.log 2>&1 || fail
fi
ninja -C $folder -j "$jobs" "$@" >> $folder/build.log 2>&1 || fail
