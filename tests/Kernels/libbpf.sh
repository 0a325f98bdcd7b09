#!/usr/bin/env bash
# libbpf.sh: runs the tests that load or compile BPF objects on the kernel of this machine, with libbpf and clang of Debian 12 and with
# the newest libbpf (built from Debian's source package) and clang 19, and writes the table of docs/compatibility.md. Needs root.
#
# What it downloads and builds is in $CACHE; the packages of this machine stay as they are. Fails if a test fails.
set -euo pipefail
source "$(dirname "$0")/common.sh"

CLANG=19
DEBIAN=(clang libbpf-dev libbpf1 dpkg-dev gcc make pkg-config libelf-dev zlib1g-dev iproute2)
dpkg-query -W -f='${Status}\n' "${DEBIAN[@]}" 2>&1 | grep -qv 'ok installed' && {
    apt-get update -q
    DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "${DEBIAN[@]}"
}

# A command of apt for a suite, with a state of its own. It differs from the state of fetch.sh, which has no sources.
apt_of() { # suite, tool, command...
    local state=$CACHE/apt-sources/$1 tool=$2 command=$3
    mkdir -p "$state/lists/partial" "$state/archives/partial"
    printf '%s [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] '"$MIRROR $1 main"'\n' deb deb-src >"$state/sources.list"
    shift 3
    "$tool" -o "Dir::Etc::sourcelist=$state/sources.list" -o Dir::Etc::sourceparts=/dev/null -o "Dir::State::lists=$state/lists" \
        -o "Dir::Cache::archives=$state/archives" -o Dir::Cache::pkgcache= -o Dir::Cache::srcpkgcache= -o APT::Sandbox::User=root "$command" "$@"
}

# The newest libbpf, into $NEWEST/lib and $NEWEST/include.
NEWEST=$CACHE/libbpf
if [ ! -f "$NEWEST/lib/libbpf.so.1" ]; then
    rm -rf "$NEWEST" && mkdir -p "$NEWEST/source"
    apt_of sid apt-get update -q
    (cd "$NEWEST/source" && apt_of sid apt-get source -q --only-source libbpf)
    folder=$(dirname "$(find "$NEWEST/source" -path '*/src/libbpf.map' | head -1)")
    make -s -C "$folder" -j"$(nproc)" BUILD_STATIC_ONLY= OBJDIR="$NEWEST/build" DESTDIR="$NEWEST" PREFIX= LIBDIR=/lib install
    rm -rf "$NEWEST/source" "$NEWEST/build"
fi

# Clang from packages of this machine's suite that are unpacked but not installed. bin/clang starts it.
NEW_CLANG=$CACHE/clang/$CLANG
if [ ! -x "$NEW_CLANG/bin/clang" ]; then
    rm -rf "$NEW_CLANG" && mkdir -p "$NEW_CLANG/packages" "$NEW_CLANG/root" "$NEW_CLANG/bin"
    suite=$(. /etc/os-release && echo "$VERSION_CODENAME")
    apt_of "$suite" apt-get update -q
    (cd "$NEW_CLANG/packages" && apt_of "$suite" apt-get download -q "clang-$CLANG" "libclang-common-$CLANG-dev" "libclang-cpp$CLANG" "libllvm$CLANG")
    for package in "$NEW_CLANG"/packages/*.deb; do
        dpkg -x "$package" "$NEW_CLANG/root"
    done
    printf '#!/bin/sh\nLD_LIBRARY_PATH=%s exec %s "$@"\n' "$NEW_CLANG/root/usr/lib/$(gcc -print-multiarch):$NEW_CLANG/root/usr/lib/llvm-$CLANG/lib" \
        "$NEW_CLANG/root/usr/lib/llvm-$CLANG/bin/clang" >"$NEW_CLANG/bin/clang"
    chmod +x "$NEW_CLANG/bin/clang"
fi

# The suites, and the classes of other suites that compile C.
for project in Libbpf Streams Runtime Generators; do
    dotnet build -c Release -v quiet -nologo "$REPOSITORY/tests/BpfMaps.$project.Tests"
done
run() { # name, project, filter...
    local name=$1 project=$2
    shift 2
    # In a network of its own: other processes may attach programs to the interfaces of the machine.
    unshare --net sh -c 'ip link set lo up && exec "$@"' sh "$REPOSITORY/tests/BpfMaps.$project.Tests/bin/Release/net10.0/BpfMaps.$project.Tests" -xml "$RESULTS/$name/$project.xml" "$@" \
        </dev/null >"$RESULTS/$name/$project.log" 2>&1 || true
}
RESULTS=$CACHE/results/libbpf
rm -rf "$RESULTS"
export BPFMAPS_REQUIRE=kernel,clang,libbpf,root
for libbpf in debian newest; do
    for clang in debian "$CLANG"; do
        name=$libbpf-$clang
        mkdir -p "$RESULTS/$name"
        (
            [ $libbpf = debian ] || export LD_LIBRARY_PATH=$NEWEST/lib CPATH=$NEWEST/include
            [ "$clang" = debian ] || export PATH=$NEW_CLANG/bin:$PATH
            clang --version | head -1 | sed 's/.*version \([0-9.]*\).*/\1/' >"$RESULTS/$name/clang"
            python3 -c 'import ctypes; f = ctypes.CDLL("libbpf.so.1").libbpf_version_string; f.restype = ctypes.c_char_p; print(f().decode()[1:])' \
                >"$RESULTS/$name/libbpf"
            run "$name" Libbpf
            run "$name" Streams
            run "$name" Runtime -class '*BpfObjectFileTests' -class '*LayoutWriterTests' -class '*MutatedObjectTests' -class '*KernelStructTests'
            run "$name" Generators -class '*DeclaredObjectTests' -class '*BitfieldTests' -class '*BitfieldPlaceTests' -class '*RandomLayoutTests'
        )
    done
done
"$HERE/libbpf.py" "$RESULTS" "$REPOSITORY/docs/compatibility.md"
