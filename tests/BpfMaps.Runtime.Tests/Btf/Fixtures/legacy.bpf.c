// A map in the way of before libbpf 1.0.
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

struct {
	unsigned int type, key_size, value_size, max_entries, map_flags;
} flows SEC("maps") = { BPF_MAP_TYPE_HASH, 4, 8, 16, 0 };

char LICENSE[] SEC("license") = "GPL";
