#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Installs the Debian packages facelib is built with, those that are missing only.
#
#   scripts/install-packages.sh                    to build and run
#   scripts/install-packages.sh --for-tests        also what the tests draw their portraits with
#   scripts/install-packages.sh --for-benchmarks   also what facelib is measured with, and beside
set -euo pipefail

packages=(
    libarchive-dev libcurl4-openssl-dev libheif-dev libjpeg62-turbo-dev libpng-dev libsqlite3-dev
    libtiff-dev libturbojpeg0-dev libwebp-dev nettle-dev pkg-config
)
for_tests=(libarchive-tools libheif-examples openssl p7zip-full python3-numpy python3-pil zip)
for_benchmarks=(
    curl gcc libjpeg-turbo-progs libvips-tools p7zip-full python3-numpy python3-pil python3-venv strace valgrind
)

case "${1:-}" in
    "") ;;
    --for-tests) packages+=("${for_tests[@]}") ;;
    --for-benchmarks) packages+=("${for_benchmarks[@]}") ;;
    *)
        echo "usage: scripts/install-packages.sh [--for-tests | --for-benchmarks]" >&2
        exit 64
        ;;
esac

if ! command -v dpkg-query >/dev/null 2>&1 || ! command -v apt-get >/dev/null 2>&1; then
    echo "This is not Debian, so nothing was installed; facelib needs what Debian calls: ${packages[*]}." >&2
    exit 0
fi

missing=()
for package in "${packages[@]}"; do
    status="$(dpkg-query --show --showformat='${db:Status-Status}' "$package" 2>/dev/null || true)"
    [[ "$status" == installed ]] || missing+=("$package")
done
((${#missing[@]} > 0)) || exit 0

as_root=()
if ((EUID != 0)); then
    if ! command -v sudo >/dev/null 2>&1; then
        echo "These packages are missing and only root can install them (there is no sudo here): apt-get install ${missing[*]}" >&2
        exit 1
    fi
    as_root=(sudo)
fi

apt() { "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get --quiet --quiet --yes "$@"; }
install() { apt install --no-install-recommends "${missing[@]}"; }

echo "Installing ${missing[*]}" >&2
# A fresh container has no package lists, and old lists name files that are gone.
if ! compgen -G '/var/lib/apt/lists/*_Packages*' >/dev/null || ! install; then
    if ! apt update || ! install; then
        echo "These packages are missing and apt-get could not install them (its words are above): ${missing[*]}." >&2
        exit 1
    fi
fi
