#!/usr/bin/env bash
# payload.sh: builds the tests, the tour, the tool and the samples (native), and makes $CACHE/payload.img of what the guests run. SUITES=no
# and SAMPLES=no leave these parts out.
set -euo pipefail
source "$(dirname "$0")/common.sh"
folder=$CACHE/payload
rm -rf "$folder" && mkdir -p "$folder"
cd "$REPOSITORY"
suites=(Runtime Conformance.Kernel Streams Libbpf)
[ "${SUITES:-yes}" = no ] && suites=()
# Compiled ahead of time: an emulated processor takes minutes to compile them.
for suite in "${suites[@]}"; do
    dotnet publish "tests/BpfMaps.$suite.Tests" --configuration Release --verbosity quiet --runtime linux-x64 --self-contained false \
        -p:PublishReadyToRun=true --artifacts-path "$CACHE/build" --output "$folder/$suite"
done
dotnet build tests/Kernels/Tour --configuration Release --verbosity quiet
cp -a tests/Kernels/Tour/bin/Release/net10.0/. "$folder/Tour/"

dotnet build src/BpfMaps.Tool --configuration Release --verbosity quiet
cp -a src/BpfMaps.Tool/bin/Release/net10.0/. "$folder/Tool/"
samples=(QuickStart ExecWatch SyscallTop KernelMetrics)
[ "${SAMPLES:-yes}" = no ] && samples=()
for sample in "${samples[@]}"; do
    dotnet publish "samples/$sample" --configuration Release --verbosity quiet --runtime linux-x64 -p:PublishAot=true \
        --artifacts-path "$CACHE/build" --output "$folder/$sample"
    rm -f "$folder/$sample"/*.dbg
done
image_of "$folder" "$CACHE/payload.img"
