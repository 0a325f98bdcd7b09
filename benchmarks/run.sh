#!/usr/bin/env bash
# Builds the peers against the system's libbpf, and runs C and C# in turns, in one process, on the same maps.
# Needs the .NET 10 SDK, a C compiler, clang, libbpf-dev (Debian), bpffs and the rights to create maps.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
build=$here/../artifacts/benchmarks
mkdir -p "$build" "$here/results"
dotnet build "$here/BpfMaps.Benchmarks" --configuration Release --output "$build/managed" --verbosity quiet --nologo
cc -O2 -Wall -shared -fPIC -o "$build/managed/libpeers.so" "$here"/peers/{elements,walks,arrays,rings,opening,version}.c -lbpf
cc -O2 -Wall -shared -fPIC -o "$build/managed/libnosyscall.so" "$here/peers/nosyscall.c" -ldl
cc -O2 -Wall -o "$build/managed/quickstart" "$here/peers/quickstart.c" -lbpf
clang -g -O2 -target bpf -I "/usr/include/$(cc -dumpmachine)" -c "$here/peers/programs.bpf.c" -o "$build/managed/programs.bpf.o"
dotnet "$build/managed/BpfMaps.Benchmarks.dll" --results "$here/results" "$@"
