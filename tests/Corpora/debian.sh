#!/bin/bash
# Collects BPF programs from Debian's packages for run.sh: objects, objects that are embedded in programs, and the kernel's own samples and
# self-tests as sources. Needs root's apt only to read package lists; nothing is installed.
#
#   tests/Corpora/debian.sh FOLDER
set -eu
here=$(cd "$(dirname "$0")" && pwd)
folder=${1:?usage: debian.sh FOLDER}
packages=(xdp-tools libxdp1 ir-keytable libbpf-tools bpftool systemd linux-perf linux-source-6.1)

mkdir -p "$folder/packages" "$folder/unpacked" "$folder/corpus/headers"
(cd "$folder/packages" && for package in "${packages[@]}"; do
    compgen -G "${package}_*.deb" > /dev/null || apt-get download -q "$package"
done)
for package in "${packages[@]}"; do
    dpkg-deb -x "$folder/packages/${package}"_*.deb "$folder/unpacked/$package"
    python3 "$here/extract.py" "$folder/unpacked/$package" "$folder/corpus/$package"
done

parts=(tools/testing/selftests/bpf samples/bpf tools/include tools/lib/bpf)
tar -C "$folder/corpus" -xf "$folder/unpacked/linux-source-6.1/usr/src/linux-source-6.1.tar.xz" "${parts[@]/#/linux-source-6.1/}"
# glibc's headers ask for this file where the target is not x86-64; BPF needs nothing of it.
mkdir -p "$folder/corpus/headers/gnu"
: > "$folder/corpus/headers/gnu/stubs-32.h"
bpftool btf dump file /sys/kernel/btf/vmlinux format c > "$folder/corpus/headers/vmlinux.h"

linux=$folder/corpus/linux-source-6.1
echo "CFLAGS='-I $folder/corpus/headers -I $linux/tools/testing/selftests/bpf -I $linux/tools/include/uapi -I $linux/tools/include -I $linux/samples/bpf' \\"
echo "    $here/run.sh $folder/corpus"
