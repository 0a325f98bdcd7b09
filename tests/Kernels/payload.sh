#!/usr/bin/env bash
# payload.sh: builds the tests, the tour, the tool and the samples (native), and makes $CACHE/payload.img of what the guests run. SUITES=no
# and SAMPLES=no leave these parts out. Nothing is built again if no source, package or part has changed.
set -euo pipefail
source "$(dirname "$0")/common.sh"
folder=$CACHE/payload
cd "$REPOSITORY"
sources=(src tests samples Directory.Build.props Directory.Packages.props global.json)
stamp=$({
    echo "${SUITES:-yes} ${SAMPLES:-yes} $(cat "$CACHE/root.stamp")"
    dpkg-query -W clang libbpf-dev libbpf1
    find "${sources[@]}" \( -name bin -o -name obj -o -path tests/Kernels/guest \) -prune -o -type f -print0 | sort -z | xargs -0 sha256sum
} | sha256sum)
[ -f "$CACHE/payload.img" ] && [ "$(cat "$CACHE/payload.stamp" 2>/dev/null)" = "$stamp" ] && exit 0
rm -rf "$folder" "$CACHE/payload.stamp" && mkdir -p "$folder"
# Other builds analyze the same code.
export RunAnalyzers=false
suites=(Runtime Conformance.Kernel Streams Libbpf Queries)
samples=(QuickStart ExecWatch SyscallTop KernelMetrics)
[ "${SUITES:-yes}" = no ] && suites=()
[ "${SAMPLES:-yes}" = no ] && samples=()

# Publishes a project that is compiled ahead of time: an emulated processor takes minutes to compile it.
publish_compiled() { # project, kind of the build, name
    dotnet publish "$1" --configuration Release --verbosity quiet --runtime linux-x64 --self-contained false \
        -p:PublishReadyToRun=true --artifacts-path "$CACHE/build/$2" --output "$folder/$3"
}

publish_suites() {
    local suite
    for suite in "${suites[@]}"; do
        publish_compiled "tests/BpfMaps.$suite.Tests" suites "$suite"
        [ ! -d "$folder/$suite/Fixtures" ] || compile_fixtures "$folder/$suite/Fixtures"
    done
}

# Compiles the C sources of the tests in the root file system of the guests, with its compiler and its headers, as ClangCompiler does. One
# that does not compile there is left to its test.
compile_fixtures() { # folder
    local sources=$CACHE/root/tmp/fixtures source
    rm -rf "$sources"
    cp -a "$1" "$sources"
    for source in "$sources"/*.bpf.c; do
        source=/tmp/fixtures/$(basename "$source")
        chroot "$CACHE/root" clang -g -O2 -Wall -target bpfel -D__TARGET_ARCH_x86 -I /usr/include/x86_64-linux-gnu \
            -c "$source" -o "${source%.c}.o" 2>/dev/null || true
    done
    cp -a "$sources"/. "$1/"
    rm -rf "$sources"
}

publish_samples() {
    local sample
    for sample in "${samples[@]}"; do
        dotnet publish "samples/$sample" --configuration Release --verbosity quiet --runtime linux-x64 -p:PublishAot=true \
            --artifacts-path "$CACHE/build/samples" --output "$folder/$sample"
        rm -f "$folder/$sample"/*.dbg
    done
}

publish_tools() {
    publish_compiled tests/Kernels/Tour tools Tour
    publish_compiled src/BpfMaps.Tool tools Tool
}

# Two at a time, with outputs of their own: much of a build uses one CPU.
(publish_suites) &
suites_build=$!
publish_tools
publish_samples
wait "$suites_build"
image_of "$folder" "$CACHE/payload.img"
echo "$stamp" >"$CACHE/payload.stamp"
