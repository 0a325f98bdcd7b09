#!/usr/bin/env bash
# run.sh [VERSION...]: boots Debian's kernels (kernels.txt; all of them without arguments) in QEMU, runs the tour, the native samples, the
# tool and the test suites in them, and boots the last kernel again with 64 possible CPUs and locked down. Prints the results, and with all
# kernels and suites writes them to docs/compatibility.md. Fails if a step or a test fails. SUITES=no, SAMPLES=no and VARIATIONS=no leave
# these parts out.
set -euo pipefail
source "$(dirname "$0")/common.sh"

packages=(qemu-system-x86 debootstrap busybox-static cpio zstd xz-utils e2fsprogs clang libbpf-dev libbpf1)
dpkg-query -W -f='${Status}\n' "${packages[@]}" 2>&1 | grep -qv 'ok installed' && {
    apt-get update -q
    DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "${packages[@]}"
}

mapfile -t all < <(grep -v '^#' "$HERE/kernels.txt" | cut -d' ' -f1)
versions=("$@")
[ $# -gt 0 ] || versions=("${all[@]}")
parts="${SUITES:-yes} ${SAMPLES:-yes} ${VARIATIONS:-yes}"
"$HERE/root.sh"
"$HERE/payload.sh"
for version in "${versions[@]}"; do
    "$HERE/fetch.sh" "$version"
    rm -rf "$CACHE/results/$version"-*
done

run_kernel() { # version
    GUEST="SAMPLES=${SAMPLES:-yes}" LIMIT=900 "$HERE/boot.sh" "$1" tour || return
    [ "${SUITES:-yes}" = no ] || LIMIT=5400 "$HERE/boot.sh" "$1" suites
}

run_cpus() { # version
    NAME=cpus CPUS=2,maxcpus=64 GUEST="SAMPLES=no" LIMIT=900 "$HERE/boot.sh" "$1" tour
}

run_lockdown() { # version
    NAME=lockdown APPEND=lockdown=confidentiality GUEST="TOUR=lockdown" LIMIT=900 "$HERE/boot.sh" "$1" tour
}

# Two guests run at a time, as each takes one CPU (boot.sh). The output of each is printed when it has ended.
logs=$(mktemp -d)
trap 'rm -rf "$logs"' EXIT
start() { # function, version
    while [ "$(jobs -rp | wc -l)" -ge 2 ]; do wait -n || true; done
    (
        "$@" >"$logs/$1-$2" 2>&1 || touch "$logs/failed"
        flock "$logs" cat "$logs/$1-$2"
    ) &
}

for version in "${versions[@]}"; do
    start run_kernel "$version"
done
if [ "${VARIATIONS:-yes}" != no ]; then
    start run_cpus "${versions[-1]}"
    start run_lockdown "${versions[-1]}"
fi
wait
[ ! -e "$logs/failed" ] || { echo "A guest could not be started." >&2; exit 1; }

# The page has only results of everything.
page=()
[ "${versions[*]}" = "${all[*]}" ] && [ "$parts" = "yes yes yes" ] && page=(--page "$REPOSITORY/docs/compatibility.md")
"$HERE/report.py" "${page[@]}" "$CACHE/results" "${versions[@]}"
