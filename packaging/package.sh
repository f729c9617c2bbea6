#!/bin/bash
# Builds the two Debian packages, mnerva (window) and mnerva-engine (mnerva-cli), to build/packages.
# usage: package.sh
# Install both with: apt install ./build/packages/*.deb
set -euo pipefail
cd "$(dirname "$0")/.."
if ! command -v dpkg-shlibdeps > /dev/null; then
    echo "package: dpkg-shlibdeps is missing; install dpkg-dev" >&2
    exit 1
fi

packaging/build.sh installable
rm -rf build/packages
if ! (cd build && cpack -G DEB) > build/package.log 2>&1; then
    tail -30 build/package.log >&2
    echo "package: failed; the whole log is build/package.log" >&2
    exit 1
fi
rm -rf build/packages/_CPack_Packages
ls build/packages/*.deb
