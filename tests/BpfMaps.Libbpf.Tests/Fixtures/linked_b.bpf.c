// The other of two sources that are linked into one object.
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

struct event { __u64 b; __u8 c; };

static volatile __u64 counter;
extern __u32 common_total;

struct { __uint(type, BPF_MAP_TYPE_HASH); __uint(max_entries, 4); __type(key, __u32); __type(value, struct event); } map_b SEC(".maps");

SEC("raw_tp")
int prog_b(void *ctx)
{
	counter++;
	common_total++;
	return counter;
}

char LICENSE[] SEC("license") = "GPL";
