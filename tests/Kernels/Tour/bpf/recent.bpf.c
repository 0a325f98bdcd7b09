// A map type of Linux 6.9.
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

#define MAP_TYPE_ARENA 33

struct {
	__uint(type, MAP_TYPE_ARENA);
	__uint(max_entries, 1);
	__uint(map_flags, BPF_F_MMAPABLE);
} pages SEC(".maps");

SEC("socket")
int nothing(struct __sk_buff *packet)
{
	return 0;
}

char LICENSE[] SEC("license") = "GPL";
