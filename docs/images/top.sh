#!/usr/bin/env bash
# Draws 'bpfmaps top' into top.svg, while samples and a map with traffic are loaded. Needs root, and what record.sh needs; build the samples
# and the tool in Release first.
set -euo pipefail
cd "$(dirname "$0")/../.."
tool=$PWD/src/BpfMaps.Tool/bin/Release/net10.0/bpfmaps.dll
started=()
trap 'kill "${started[@]}" 2>/dev/null || true' EXIT
for sample in SyscallTop ExecWatch; do
    dotnet "samples/$sample/bin/Release/net10.0/$sample.dll" >/dev/null 2>&1 &
    started+=($!)
done
sleep 3
LINES=16 docs/images/record.sh docs/images/top.svg "bpfmaps top" 6 dotnet "$tool" top
