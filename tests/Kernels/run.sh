#!/usr/bin/env bash
# run.sh [VERSION...]: boots Debian's kernels (kernels.txt; all of them without arguments) in QEMU, runs the tour and the test suites in
# them, and writes the table of docs/compatibility.md. SUITES=no runs the tour only. Fails if a step or a test fails.
set -euo pipefail
source "$(dirname "$0")/common.sh"

packages=(qemu-system-x86 debootstrap busybox-static cpio zstd xz-utils e2fsprogs clang libbpf-dev libbpf1)
dpkg-query -W -f='${Status}\n' "${packages[@]}" 2>&1 | grep -qv 'ok installed' && {
    apt-get update -q
    DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "${packages[@]}"
}

[ $# -gt 0 ] || mapfile -t versions < <(grep -v '^#' "$HERE/kernels.txt" | cut -d' ' -f1)
[ $# -eq 0 ] || versions=("$@")
"$HERE/root.sh"
"$HERE/payload.sh"
for version in "${versions[@]}"; do
    "$HERE/fetch.sh" "$version"
    LIMIT=600 "$HERE/boot.sh" "$version" tour
    [ "${SUITES:-yes}" = no ] || LIMIT=5400 "$HERE/boot.sh" "$version" suites
done
"$HERE/report.py" "$CACHE/results" "$REPOSITORY/docs/compatibility.md" "${versions[@]}"
