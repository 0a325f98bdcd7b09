#!/usr/bin/env bash
# root.sh: makes $CACHE/root.img, the root file system of the guests: Debian 12 with libbpf, clang, bpftool and the .NET runtime of this
# machine.
set -euo pipefail
source "$(dirname "$0")/common.sh"
# Made again if this script or the runtime has changed.
stamp=$(cat "$HERE/root.sh" <(dotnet --version) | sha256sum)
[ -f "$CACHE/root.img" ] && [ "$(cat "$CACHE/root.stamp" 2>/dev/null)" = "$stamp" ] && exit 0
packages=(libbpf1 libbpf-dev clang bpftool kmod iproute2 procps libstdc++6 libssl3 ca-certificates)
[ -f "$CACHE/root/etc/debian_version" ] || debootstrap --variant=minbase bookworm "$CACHE/root" "$MIRROR"
DEBIAN_FRONTEND=noninteractive chroot "$CACHE/root" apt-get install -y -q --no-install-recommends "${packages[@]}"
rm -rf "$CACHE/root/var/cache/apt/archives/"*.deb
dotnet=$(dirname "$(readlink -f "$(command -v dotnet)")")
mkdir -p "$CACHE/root/usr/share/dotnet" "$CACHE/root/tests" "$CACHE/root/job" "$CACHE/root/results"
cp -a "$dotnet/dotnet" "$dotnet/host" "$dotnet/shared" "$CACHE/root/usr/share/dotnet/"
ln -sf /usr/share/dotnet/dotnet "$CACHE/root/usr/bin/dotnet"
image_of "$CACHE/root" "$CACHE/root.img"
echo "$stamp" >"$CACHE/root.stamp"
