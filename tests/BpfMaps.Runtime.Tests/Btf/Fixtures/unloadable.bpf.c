// Maps that libbpf, or the kernel behind it, refuses.
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

struct pair { __u32 a, b; };
struct undefined;

struct { __uint(type, BPF_MAP_TYPE_HASH); __uint(max_entries, 4); __type(key, __u32); __type(value, __u64); } good SEC(".maps");
static struct { __uint(type, BPF_MAP_TYPE_HASH); __uint(max_entries, 4); __type(key, __u32); __type(value, __u64); } hidden SEC(".maps");
struct { __uint(type, BPF_MAP_TYPE_ARRAY); __uint(max_entries, 1); __type(key, struct pair); __type(value, struct pair); } table SEC(".maps");
struct { __uint(type, BPF_MAP_TYPE_ARRAY); __uint(max_entries, 1); __uint(key_size, 1); __uint(value_size, 16); } narrow SEC(".maps");
struct { __uint(type, BPF_MAP_TYPE_HASH); __uint(max_entries, 1); __type(key, __u32); __type(value, struct undefined); } unknown SEC(".maps");
struct { __uint(type, BPF_MAP_TYPE_HASH); __uint(max_entries, 1); __type(key, __u32); __type(value, __u32); __uint(pinning, 100); } elsewhere SEC(".maps");
struct { __uint(type, BPF_MAP_TYPE_HASH); __uint(max_entries, 1); __type(key, __u32); __type(value, __u32); __uint(color, 1); } colored SEC(".maps");
struct { __uint(type, BPF_MAP_TYPE_QUEUE); __uint(max_entries, 1); __type(key, __u32); __type(value, __u32); } queue SEC(".maps");
struct { __uint(type, BPF_MAP_TYPE_LPM_TRIE); __uint(max_entries, 1); __type(key, struct pair); __type(value, __u32); } trie SEC(".maps");
struct { __uint(type, BPF_MAP_TYPE_STACK_TRACE); __uint(key_size, 4); __uint(value_size, 0); __uint(max_entries, 0); } later SEC(".maps");

SEC("raw_tp")
int use(void *ctx)
{
	__u32 key = 0;

	return bpf_map_lookup_elem(&hidden, &key) != 0;
}

char LICENSE[] SEC("license") = "GPL";
