#!/usr/bin/env bash
# Builds the C peers against the system's libbpf and runs C and C# in turns, in one process, on the same maps.
# Needs the .NET 10 SDK, a C compiler, clang, libbpf-dev (Debian) and the rights to create maps.
set -euo pipefail
cd "$(dirname "$0")"
build=../artifacts/benchmarks
mkdir -p "$build"
cc -O2 -shared -fPIC -o "$build/libpeers.so" peers/peers.c peers/rings.c -lbpf -ldl
cc -O2 -shared -fPIC -o "$build/libnosyscall.so" peers/nosyscall.c -ldl
dotnet build BpfMaps.Benchmarks --configuration Release --output "$build/managed" --verbosity quiet --nologo
cp "$build/libpeers.so" "$build/managed/"
clang -g -O2 -target bpf -I "/usr/include/$(cc -dumpmachine)" -c peers/rings.bpf.c -o "$build/managed/rings.bpf.o"

echo "On the kernel"
dotnet "$build/managed/BpfMaps.Benchmarks.dll"

echo
echo "Without the kernel: what the libraries cost"
LD_PRELOAD="$PWD/$build/libnosyscall.so" dotnet "$build/managed/BpfMaps.Benchmarks.dll" --no-kernel

echo
echo "The generator"
dotnet "$build/managed/BpfMaps.Benchmarks.dll" --generator
