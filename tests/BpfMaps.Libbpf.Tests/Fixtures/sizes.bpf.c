// Maps whose sizes the program decides before the load, and types with members of no bytes.
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

struct hollow { __u32 a; union {}; __u8 marker[0]; __u32 b; };
struct flexible { __u32 length; __u8 data[]; };

struct { __uint(type, BPF_MAP_TYPE_STACK_TRACE); __uint(key_size, sizeof(__u32)); } stacks SEC(".maps");
struct { __uint(type, BPF_MAP_TYPE_HASH); __uint(max_entries, 4); __uint(key_size, 4); __uint(value_size, 0); } blobs SEC(".maps");
struct { __uint(type, BPF_MAP_TYPE_HASH); __uint(max_entries, 4); __type(key, __be32); __type(value, struct hollow); } hollows SEC(".maps");
struct { __uint(type, BPF_MAP_TYPE_ARRAY); __uint(max_entries, 1); __type(key, __u32); __type(value, struct flexible); } flexibles SEC(".maps");
struct { __uint(type, BPF_MAP_TYPE_QUEUE); __uint(max_entries, 4); __uint(key, 0); __type(value, __u32); } waiting SEC(".maps");

struct hollow first;
__u64 stack_id;

SEC("raw_tp")
int record(void *ctx)
{
	stack_id = bpf_get_stackid(ctx, &stacks, 0);
	first.b++;
	return 0;
}

char LICENSE[] SEC("license") = "GPL";
