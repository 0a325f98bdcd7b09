#!/usr/bin/env bash
# Builds the peers against the system's libbpf, then runs C and C# in turns, in one process, on the same maps.
# With --build, it only builds. Requires the .NET 10 SDK, a C compiler, clang, libbpf-dev (Debian), a mounted bpffs, and root.
set -euo pipefail
cd "$(dirname "$0")/.."
for tool in dotnet cc clang; do
    command -v "$tool" >/dev/null || { echo "run.sh needs $tool, which is not here: see its first lines" >&2; exit 1; }
done

build=artifacts/benchmarks
peers=benchmarks/peers
dotnet build benchmarks/BpfMaps.Benchmarks --configuration Release --output "$build/managed" --verbosity quiet --nologo
cc -O2 -Wall -shared -fPIC -o "$build/managed/libpeers.so" "$peers"/{elements,walks,queries,arrays,rings,opening,version}.c -lbpf
cc -O2 -Wall -shared -fPIC -o "$build/managed/libnosyscall.so" "$peers/nosyscall.c" -ldl
cc -O2 -Wall -o "$build/managed/quickstart" "$peers/quickstart.c" -lbpf
for programs in programs queries; do
    clang -g -O2 -target bpf -I "/usr/include/$(cc -dumpmachine)" -c "$peers/$programs.bpf.c" -o "$build/managed/$programs.bpf.o"
done
[ "${1:-}" = --build ] && exit 0
dotnet "$build/managed/BpfMaps.Benchmarks.dll" --repository "$PWD" "$@"
