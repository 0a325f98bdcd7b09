#!/usr/bin/env bash
# fetch.sh VERSION: downloads the newest cloud kernel of a Debian suite (kernels.txt) and unpacks it into $CACHE/kernels/VERSION.
set -euo pipefail
source "$(dirname "$0")/common.sh"
version=$1
suite=$(awk -v version="$version" '$1 == version { print $2 }' "$HERE/kernels.txt")
[ -n "$suite" ] || { echo "no suite for kernel '$version' in kernels.txt"; exit 2; }
target=$CACHE/kernels/$version
[ -f "$target/release" ] && exit 0

# An apt state of its own: the packages of this machine stay as they are.
state=$CACHE/apt/$suite
mkdir -p "$state/lists/partial" "$state/archives/partial"
echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $MIRROR $suite main" >"$state/sources.list"
options=(-o "Dir::Etc::sourcelist=$state/sources.list" -o Dir::Etc::sourceparts=/dev/null -o "Dir::State::lists=$state/lists"
    -o "Dir::Cache::archives=$state/archives" -o Dir::Cache::pkgcache= -o Dir::Cache::srcpkgcache=)
apt-get "${options[@]}" update -q

# The name without '-unsigned'. Newer suites split the package into linux-binary-* and linux-modules-*.
image=$(apt-cache "${options[@]}" search --names-only '^linux-image-[0-9].*-cloud-amd64$' | cut -d' ' -f1 | sort -V | tail -1)
[ -n "$image" ] || { echo "suite '$suite' has no cloud kernel"; exit 1; }
flavor=${image#linux-image-}
rm -rf "$target" && mkdir -p "$target/packages" "$target/root"
for package in "$image" "linux-base-$flavor" "linux-binary-$flavor" "linux-modules-$flavor"; do
    apt-cache "${options[@]}" show "$package" >/dev/null 2>&1 || continue
    (cd "$target/packages" && apt-get "${options[@]}" download "$package")
done
for package in "$target"/packages/*.deb; do
    dpkg -x "$package" "$target/root"
done
echo "$flavor" >"$target/release"
