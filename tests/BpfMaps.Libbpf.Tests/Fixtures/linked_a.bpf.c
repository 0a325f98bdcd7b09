// One of two sources that are linked into one object: both have a static variable and a struct of one name.
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

struct event { __u32 a; };

static volatile __u32 counter;
__u32 common_total;

struct { __uint(type, BPF_MAP_TYPE_HASH); __uint(max_entries, 4); __type(key, __u32); __type(value, struct event); } map_a SEC(".maps");

SEC("raw_tp")
int prog_a(void *ctx)
{
	counter++;
	common_total++;
	return counter;
}

char LICENSE[] SEC("license") = "GPL";
