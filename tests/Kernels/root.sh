#!/usr/bin/env bash
# root.sh: makes $CACHE/root.img, the root file system of the guests: Debian 12 with libbpf, bpftool and the .NET runtime of this machine.
set -euo pipefail
source "$(dirname "$0")/common.sh"
[ -f "$CACHE/root.img" ] && exit 0
packages=libbpf1,bpftool,kmod,iproute2,procps,libstdc++6,libssl3,ca-certificates
[ -f "$CACHE/root/etc/debian_version" ] || debootstrap --variant=minbase "--include=$packages" bookworm "$CACHE/root" "$MIRROR"
dotnet=$(dirname "$(readlink -f "$(command -v dotnet)")")
mkdir -p "$CACHE/root/usr/share/dotnet" "$CACHE/root/tests" "$CACHE/root/job" "$CACHE/root/results"
cp -a "$dotnet/dotnet" "$dotnet/host" "$dotnet/shared" "$CACHE/root/usr/share/dotnet/"
ln -sf /usr/share/dotnet/dotnet "$CACHE/root/usr/bin/dotnet"
image_of "$CACHE/root" "$CACHE/root.img"
