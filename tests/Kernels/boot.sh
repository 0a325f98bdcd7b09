#!/usr/bin/env bash
# boot.sh VERSION JOB [qemu options]: boots a kernel in QEMU and runs guest/JOB in it. The results are in $CACHE/results/VERSION-JOB.
# APPEND adds to the kernel's command line, CPUS and MEMORY (MiB) size the guest, LIMIT (seconds) ends it, GUEST has variables for the job,
# such as GUEST="SUITES=Runtime", and PAYLOAD is another image of what the guest runs.
set -euo pipefail
source "$(dirname "$0")/common.sh"
version=$1 job=$2
shift 2
results=$CACHE/results/$version-${NAME:-$job}
rm -rf "$results" && mkdir -p "$results"
unpacked=$CACHE/kernels/$version/root
kernel=$(find "$unpacked" -name 'vmlinuz*' -type f -print -quit)
modules=$(find "$unpacked" -regex '.*/lib/modules/[^/]+' -type d -print -quit)

# The initial RAM disk has busybox, the modules of the disks, and the job.
disk=$(mktemp -d)
trap 'rm -rf "$disk"' EXIT
mkdir -p "$disk"/{bin,modules,job}
cp /bin/busybox "$disk/bin/busybox"
cp "$HERE/guest/initramfs" "$disk/init"
cp "$HERE/guest/init" "$disk/job/init"
cp "$HERE/guest/$job" "$disk/job/run"
printf 'export %s\n' ${GUEST:-JOB=$job} >"$disk/job/variables"
cp "$(find "$unpacked" \( -path '*/boot/config-*' -o -path '*/lib/modules/*/config' \) -print -quit)" "$disk/job/config"
for module in virtio virtio_ring virtio_pci_modern_dev virtio_pci_legacy_dev virtio_pci virtio_blk; do
    file=$(find "$modules" -name "$module.ko*" -print -quit)
    [ -n "$file" ] || continue
    case $file in
        *.xz) xz -dc "$file" >"$disk/modules/$module.ko" ;;
        *.zst) zstd -qdc "$file" >"$disk/modules/$module.ko" ;;
        *) cp "$file" "$disk/modules/$module.ko" ;;
    esac
    echo "$module.ko" >>"$disk/modules/order"
done
# Modules that tests load: veth, and what traffic control needs.
name=$(basename "$modules")
mkdir -p "$disk/job/modules/$name"
(cd "$modules" && find . -name 'modules.*' -o -path '*/net/sched/*' -o -name 'veth.ko*' -o -name 'dummy.ko*' -o -name 'xsk_diag.ko*') |
    (cd "$modules" && cpio -pdm --quiet "$disk/job/modules/$name")
(cd "$disk" && find . | cpio -o -H newc --quiet | gzip -1) >"$results/initrd.gz"

# The KVM of a virtual machine often cannot boot guests: it is used only if asked for. One thread emulates all processors of a guest: with
# several, one may execute an instruction while another one patches it, and the kernel then panics with "Oops: int3".
accelerator=(-accel tcg,thread=single,tb-size=512 -cpu max,la57=off)
[ "${ACCELERATOR:-tcg}" = kvm ] && accelerator=(-accel kvm -cpu host)
rm -f "$results/results.tar"
truncate -s 512M "$results/results.tar"
timeout "${LIMIT:-1800}" qemu-system-x86_64 "${accelerator[@]}" -m "${MEMORY:-4096}" -smp "${CPUS:-2}" "$@" \
    -nographic -no-reboot -nodefaults -serial stdio -kernel "$kernel" -initrd "$results/initrd.gz" \
    -append "console=ttyS0 panic=-1 loglevel=4 mitigations=off lsm=lockdown,yama,integrity,apparmor,bpf ${APPEND:-}" \
    -drive "file=$CACHE/root.img,if=virtio,format=raw,snapshot=on" \
    -drive "file=${PAYLOAD:-$CACHE/payload.img},if=virtio,format=raw,snapshot=on" \
    -drive "file=$results/results.tar,if=virtio,format=raw,cache=unsafe" \
    </dev/null 2>"$results/qemu.log" | sed -u 's/\r$//' | tee "$results/console.log" || true
tar -C "$results" -xf "$results/results.tar" 2>/dev/null || echo "kernel $version did not end by itself; see $results/console.log"
rm -f "$results/results.tar" "$results/initrd.gz"
