// A pinning that other loaders know, and libbpf does not.
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

struct { __uint(type, BPF_MAP_TYPE_HASH); __uint(max_entries, 4); __type(key, __u32); __type(value, __u64); __uint(pinning, 100); } shared SEC(".maps");

char LICENSE[] SEC("license") = "GPL";
