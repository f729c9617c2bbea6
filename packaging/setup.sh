#!/bin/bash
# Installs what building, running and testing Mnerva needs on Debian 12 or newer. Says nothing when all is there.
# usage: setup.sh [--fuzz] [--checks] [--bundle] [--torch pypi[==VERSION]] [--list]
#   --fuzz, --checks, --bundle   what packaging/fuzz.sh, checks.sh, bundle-engine.sh need too
#   --torch pypi       PyPI's torch too (built for CUDA; 6 GB), in build/torch-python: for build.sh, run.sh --torch pypi
#   --list             prints the packages and installs nothing
set -euo pipefail

build=(build-essential dpkg-dev g++ cmake ninja-build pkg-config)
engine=(libtorch-dev libdnnl-dev libopenblas0-pthread libopencv-core-dev libopencv-imgproc-dev libopencv-objdetect-dev
        libopencv-dnn-dev opencv-data libjpeg-dev libpng-dev libwebp-dev libtiff-dev
        libcli11-dev libarchive-dev)
core=(libicu-dev libsqlite3-dev nlohmann-json3-dev libfmt-dev libssl-dev libpugixml-dev libre2-dev)
window=(qt6-base-dev qt6-svg-dev qt6-tools-dev qt6-tools-dev-tools qt6-l10n-tools linguist-qt6 qt6-translations-l10n
        libqt6svg6 libqt6printsupport6 qt6-image-formats-plugins libqcustomplot-dev libgl-dev libxkbcommon-x11-0)
fonts=(fonts-noto-cjk fonts-noto-color-emoji fonts-dejavu-core)
tests=(catch2 curl xvfb xauth xdotool)
fuzz=(clang-14 libclang-rt-14-dev libfuzzer-14-dev)
checks=(clang-format clang-tidy doxygen desktop-file-utils appstream man-db mandoc bash-completion zsh fish)
bundle=(patchelf xz-utils python3-pip)
torch=(python3-venv)
torch_tried=2.15.0  # with which packaging/test_torch.sh passed
packages=("${build[@]}" "${engine[@]}" "${core[@]}" "${window[@]}" "${fonts[@]}" "${tests[@]}")

cd "$(dirname "$0")/.."
from_pypi=
while :; do
    case ${1:-} in
        --torch)
            shift
            case ${1:-} in
                pypi) from_pypi=torch==$torch_tried ;;
                pypi==*) from_pypi=torch==${1#pypi==} ;;
                *) echo "setup: --torch pypi or --torch pypi==VERSION, not ${1:-nothing}" >&2; exit 2 ;;
            esac
            packages+=("${torch[@]}") ;;
        --fuzz) packages+=("${fuzz[@]}") ;;
        --bundle) packages+=("${bundle[@]}") ;;
        --checks) packages+=("${checks[@]}") ;;
        *) break ;;
    esac
    shift
done
if [ "${1:-}" = --list ]; then
    printf '%s\n' "${packages[@]}"
    exit 0
fi
# PyPI's torch in an environment of its own: nothing of the system's Python is touched.
install_torch() {
    [ -n "$from_pypi" ] || return 0
    local home=build/torch-python have
    have=$(sed -n "s/^__version__ = '\([^+']*\).*/\1/p" $home/lib/python3*/site-packages/torch/version.py 2> /dev/null || true)
    [ "$have" = "${from_pypi#torch==}" ] && return 0
    echo "setup: fetching $from_pypi from PyPI, 3 GB to load and 6 GB on disk" >&2
    python3 -m venv $home
    if ! $home/bin/python -m pip install --disable-pip-version-check -q "$from_pypi"; then
        echo "setup: pip could not install $from_pypi" >&2
        exit 1
    fi
}

if ! command -v dpkg-query > /dev/null || ! command -v apt-get > /dev/null; then
    echo "setup: this is no Debian system; install the equivalents of: ${packages[*]}" >&2
    install_torch
    exit 0
fi

installed=" $(dpkg-query -W -f='${Package}=${db:Status-Status} ' "${packages[@]}" 2> /dev/null || true) "
missing=()
for package in "${packages[@]}"; do
    [[ $installed == *" $package=installed "* ]] || missing+=("$package")
done
if [ ${#missing[@]} -eq 0 ]; then
    install_torch
    exit 0
fi

as_root=()
if [ "$(id -u)" -ne 0 ]; then
    if ! command -v sudo > /dev/null; then
        echo "setup: neither root nor sudo; let an administrator run: apt-get install ${missing[*]}" >&2
        exit 1
    fi
    as_root=(sudo)
fi

echo "setup: installing ${#missing[@]} packages by apt" >&2
log=$(mktemp)
trap 'rm -f "$log"' EXIT
apt() {
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -o Dpkg::Use-Pty=0 -o DPkg::Lock::Timeout=300 -q "$@" >> "$log" 2>&1
}
# The lists may be fresh enough; only when they are not is the network asked for new ones.
if ! apt install -y --no-install-recommends "${missing[@]}"; then
    if ! { apt update && apt install -y --no-install-recommends "${missing[@]}"; }; then
        tail -30 "$log" >&2
        echo "setup: apt could not install: ${missing[*]}" >&2
        exit 1
    fi
fi
install_torch
