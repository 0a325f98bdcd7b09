// libbpf refuses a map that is static.
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

static struct { __uint(type, BPF_MAP_TYPE_HASH); __uint(max_entries, 4); __type(key, __u32); __type(value, __u64); } hidden SEC(".maps");

SEC("raw_tp")
int use(void *ctx)
{
	__u32 key = 0;

	return bpf_map_lookup_elem(&hidden, &key) != 0;
}

char LICENSE[] SEC("license") = "GPL";
