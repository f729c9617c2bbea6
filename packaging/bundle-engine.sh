#!/bin/bash
# Packs the engine with the libraries it needs, libtorch left out: where people have a GPU they have PyTorch and no root.
# Unpacked, ./mnerva-cli takes libtorch from the `torch` of their Python (packaging/bundle/mnerva-cli).
# usage: bundle-engine.sh OUT.tar.xz [--torch pypi|FOLDER] [--with-checks]
#   --torch         what it is built with, and so the version it will want: as build.sh has it; pypi if not said
#   --with-checks   also the programs that tests/device/check.sh runs: bin/unit_models, bin/step_bench
set -euo pipefail
cd "$(dirname "$0")/.."

usage() { sed -n '2,7s/^# \{0,1\}//p' "$0" >&2; exit 2; }
out=
torch=pypi
programs=(mnerva-cli mnerva-engine)
while [ $# -gt 0 ]; do
    case $1 in
        --torch) torch=${2:-}; shift ;;
        --with-checks) programs+=(unit_models step_bench) ;;
        -*) usage ;;
        *) [ -z "$out" ] || usage; out=$1 ;;
    esac
    shift
done
[ -n "$out" ] || usage
[ ! -e "$out" ] || { echo "bundle: $out is there already; name another file or remove it" >&2; exit 1; }
for tool in patchelf xz ldd strip; do
    command -v $tool > /dev/null || { echo "bundle: $tool is missing; packaging/setup.sh --bundle installs it" >&2; exit 1; }
done

packaging/build.sh --torch "$torch" "${programs[@]}"
version=$(sed -n 's/^MNERVA_TORCH_VERSION:[^=]*=//p' build-torch/CMakeCache.txt)
home=$(sed -n 's/^MNERVA_TORCH:[^=]*=//p' build-torch/CMakeCache.txt)
release=$(sed -n 's/^project(Mnerva VERSION \([0-9.]*\).*/\1/p' CMakeLists.txt)
name=mnerva-engine-$release-torch-$version
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
root=$work/$name
mkdir -p "$root/bin" "$root/lib" "$root/share"

for program in "${programs[@]}"; do
    install -m 755 "build-torch/bin/$program" "$root/bin/"
    strip "$root/bin/$program"
    # An old-style search path: it holds for what the libraries need too, and goes before what is set outside.
    patchelf --force-rpath --set-rpath '$ORIGIN/../lib' "$root/bin/$program"
done

# Every library but libtorch with what it brings, and what every machine with a PyTorch has in a version of its own.
system='^(linux-vdso|ld-linux.*|libc|libm|libdl|librt|libpthread|libresolv|libutil|libnsl|libstdc\+\+|libgcc_s|libgomp)\.so'
ldd "${programs[@]/#/build-torch/bin/}" | awk '/=> \// {print $1, $3}' | sort -u | while read -r soname path; do
    real=$(realpath "$path")
    [[ $real == "$home"/* || $real == "${home%/torch}"/* ]] && continue
    [[ $soname =~ $system ]] && continue
    install -m 644 "$real" "$root/lib/$soname"
    strip --strip-unneeded "$root/lib/$soname" 2> /dev/null || true
done
# Random numbers are asked of glibc 2.36; libbsd, which comes along anyway, has them on older machines too.
if [ -f "$root/lib/libbsd.so.0" ]; then
    patchelf --clear-symbol-version arc4random_buf --add-needed libbsd.so.0 "$root/lib/libarchive.so.13"
fi
# libtorch brings its own OpenMP, and there must be one pool only; this is for a libtorch that takes the system's.
mkdir "$root/lib/last"
install -m 644 "$(ldconfig -p | awk '/libgomp\.so\.1 .*x86-64/ {print $NF; exit}')" "$root/lib/last/libgomp.so.1"

cascades=/usr/share/opencv4/haarcascades
install -m 644 -D -t "$root/share/haarcascades" $cascades/haarcascade_frontalface_alt2.xml $cascades/haarcascade_profileface.xml
if [[ " ${programs[*]} " == *" step_bench "* ]]; then  # what the Python references of the steps need besides torch
    python3 -m pip install --disable-pip-version-check -q --no-deps --target "$root/python" pytorch-crf
fi
install -m 755 packaging/bundle/mnerva-cli "$root/mnerva-cli"
install -m 644 packaging/bundle/README.txt LICENSE "$root/"
newest() { find "$root/bin" "$root/lib" -type f -exec objdump -T {} + 2> /dev/null | grep -o "$1_[0-9.]*" | sort -Vu | tail -1 | sed "s/^$1_//"; }
glibc=$(newest GLIBC)
printf 'release=%s\ntorch=%s\nglibc=%s\nlibstdc++=%s\n' "$release" "$version" "$glibc" "$(newest GLIBCXX)" > "$root/needs"

tar -C "$work" --sort=name --owner=0 --group=0 --numeric-owner -cf - "$name" | xz -T0 -6 > "$out.part"
mv "$out.part" "$out"
echo "$out: $(($(stat -c %s "$out") / 1000000)) MB, for torch $version and glibc $glibc or newer"
