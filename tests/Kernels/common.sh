# Paths that the scripts share. The images and kernels are kept outside of the repository.
HERE=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
REPOSITORY=$(cd "$HERE/../.." && pwd)
CACHE=${BPFMAPS_KERNELS_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/bpfmaps-kernels}
MIRROR=${DEBIAN_MIRROR:-http://deb.debian.org/debian}
mkdir -p "$CACHE"

# An ext4 image of a folder, with some room to write.
image_of() { # folder, image
    local size=$(($(du -sm "$1" | cut -f1) * 12 / 10 + 200))
    rm -f "$2"
    truncate -s "${size}M" "$2"
    mke2fs -q -t ext4 -O ^has_journal -d "$1" "$2"
}
