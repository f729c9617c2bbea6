#!/bin/bash
# Configures and builds to build/ (Release). Quiet: what the tools say goes to build/build.log and is shown on failure.
# usage: build.sh [TARGET...]
set -euo pipefail
cd "$(dirname "$0")/.."
mkdir -p build

# A file with libtorch's headers takes 1.1 GB to compile: no more at once than the memory holds.
cores=$(nproc)
memory_gb=$(awk '/MemAvailable/ {print int($2 / 1048576)}' /proc/meminfo 2> /dev/null || echo 4)
jobs=$((memory_gb * 2 / 3 < cores ? memory_gb * 2 / 3 : cores))
jobs=$((jobs > 0 ? jobs : 1))

# With ccache installed a second clone builds from the first one's results: paths are hashed relative to the clone.
export CCACHE_BASEDIR=$PWD CCACHE_NOHASHDIR=1
export CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime

fail() {
    grep -aE -A12 'error|FAILED|CMake Error' build/build.log | head -60 >&2 || true
    echo "build: failed; the whole log is build/build.log" >&2
    exit 1
}
: > build/build.log
if [ ! -f build/build.ninja ]; then
    echo "build: first build, several minutes on a small machine" >&2
    cmake --preset release >> build/build.log 2>&1 || fail
fi
ninja -C build -j "$jobs" "$@" >> build/build.log 2>&1 || fail
