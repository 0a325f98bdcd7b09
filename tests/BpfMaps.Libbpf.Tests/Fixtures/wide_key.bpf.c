// The kernel refuses an array whose key is a struct of 8 bytes.
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

struct pair { __u32 a, b; };
struct { __uint(type, BPF_MAP_TYPE_ARRAY); __uint(max_entries, 1); __type(key, struct pair); __type(value, struct pair); } table SEC(".maps");

char LICENSE[] SEC("license") = "GPL";
