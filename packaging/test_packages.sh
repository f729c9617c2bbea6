#!/bin/bash
# Installs the packages that package.sh made into a clean Debian 12 and uses them there: the window under Xvfb, the line
# from sample to scores, man pages, completion. Needs root, debootstrap and a Debian mirror.
# usage: test_packages.sh [FOLDER]   FOLDER is the clean system (default build/clean-root, 4 GB); made where it is
#                                    missing, used again where it is there
# MNERVA_MIRROR names another mirror than debootstrap's own. Pictures of the window: FOLDER/tmp/mnerva/pictures.
set -euo pipefail
cd "$(dirname "$0")/.."
root=${1:-build/clean-root}

if [ "$(id -u)" -ne 0 ] || ! command -v debootstrap > /dev/null; then
    echo "test_packages: wants root and debootstrap" >&2
    exit 2
fi
shopt -s nullglob
packages=(build/packages/mnerva_*.deb build/packages/mnerva-engine_*.deb)
if [ ${#packages[@]} -ne 2 ]; then
    echo "test_packages: there are not two packages in build/packages; run packaging/package.sh" >&2
    exit 2
fi
if [ ! -x "$root/usr/bin/apt-get" ]; then
    mkdir -p "$root"
    debootstrap --variant=minbase bookworm "$root" ${MNERVA_MIRROR:+"$MNERVA_MIRROR"} > build/clean-root.log 2>&1 ||
        { tail -20 build/clean-root.log >&2; exit 1; }
fi
root=$(cd "$root" && pwd)
rm -rf "$root/tmp/mnerva"
mkdir -p "$root/tmp/mnerva"
cp "${packages[@]}" "$root/tmp/mnerva/"
cp -L /etc/resolv.conf "$root/etc/resolv.conf"
echo 'APT::Sandbox::User "root";' > "$root/etc/apt/apt.conf.d/99clean-root" # the archive's folder may belong to anybody

cat > "$root/tmp/mnerva/inside.sh" << 'INSIDE'
set -euo pipefail
cd /tmp/mnerva
export HOME=/tmp/mnerva/home LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive
mkdir -p "$HOME"
failed=0
# NAME COMMAND...: a line for each thing that must work; the last line of what it says, or all of it where it failed.
try() {
    local name=$1 began=$SECONDS
    shift
    "$@" > "log-$name" 2>&1 & # within an if itself, what fails in it would not end it
    if wait $!; then
        echo "$name: ok, $((SECONDS - began)) s; $(tail -1 "log-$name")"
    else
        failed=1
        echo "$name: FAILED"
        tail -30 "log-$name"
    fi
}
install_packages() {
    apt-get update
    apt-get purge -y mnerva mnerva-engine || true
    apt-get install -y "$PWD"/mnerva_*.deb "$PWD"/mnerva-engine_*.deb
    # What a desktop has and this bare system has not.
    apt-get install -y --no-install-recommends xvfb xauth man-db bash-completion shared-mime-info
    dpkg-query -W mnerva mnerva-engine
}
line_of_commands() {
    rm -rf data project
    mnerva-cli --version
    mnerva-cli sample data --posts 150 --seed 1
    mnerva-cli init project
    mnerva-cli import project data/train.txt data/valid.txt data/test.txt --images data/images \
        --crops data/crops.json --crop-dir data/crops
    mnerva-cli train project --system mpcfn --encoder tiny --resnet random18 --preset sample --run first --set epochs=2
    mnerva-cli predict project --run first --split test
    mnerva-cli evaluate project --layer first --split test
}
libraries_found() {
    ! ldd /usr/bin/mnerva /usr/bin/mnerva-cli /usr/libexec/mnerva/mnerva-engine | grep 'not found'
}
man_pages() {
    man mnerva > man-window
    man mnerva-cli > man-engine
    grep -q -- '--project' man-window
    grep -q 'predict' man-engine
    man mnerva-cli | wc -l
}
bash_completion() {
    bash -c '
        source /usr/share/bash-completion/bash_completion
        _completion_loader mnerva-cli || true # says 124: try again
        for words in "predict project --run " "export project --format "; do
            COMP_WORDS=(mnerva-cli $words "") COMP_CWORD=4
            _mnerva_cli
            echo "${COMPREPLY[*]}"
        done' > offered
    cat offered
    [ "$(head -1 offered)" = first ]
    grep -q '^mner ' offered
}
project_kind() {
    [ -f /usr/share/mime/application/x-mnerva.xml ] && [ -f /usr/share/applications/org.mnerva.Mnerva.desktop ] &&
        [ -f /usr/share/icons/hicolor/scalable/apps/org.mnerva.Mnerva.svg ] && echo application/x-mnerva
}
window_opens() {
    xvfb-run -a -s '-screen 0 1440x900x24' mnerva --startup-time --project project
}
# Without a project the window has the engine make one: it must find mnerva-cli.
window_makes_the_sample() {
    rm -rf pictures
    xvfb-run -a -s '-screen 0 1440x900x24' mnerva --capture pictures
    [ "$(find pictures -name '*.png' -size +5k | wc -l)" -gt 10 ]
}
the_log() {
    [ "$(stat -c %a "$HOME/.local/state/mnerva/mnerva.log")" = 600 ] && tail -1 "$HOME/.local/state/mnerva/mnerva.log"
}
try install install_packages
try libraries libraries_found
try commands line_of_commands
try man man_pages
try completion bash_completion
try kind project_kind
try window window_opens
try capture window_makes_the_sample
try log the_log
exit $failed
INSIDE
# Mounts of its own, which end with it.
exec unshare --mount --pid --fork --kill-child --propagation private bash -c '
    mount -t proc proc "$0/proc" && mount -t sysfs -o ro sysfs "$0/sys" && mount --rbind /dev "$0/dev" &&
        exec chroot "$0" /bin/bash /tmp/mnerva/inside.sh' "$root"
