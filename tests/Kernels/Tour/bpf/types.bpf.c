// Values with floating-point numbers, which the kernel knows as types since 5.13.
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

struct average { float mean; double total; __u64 samples; };

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 4);
	__type(key, __u32);
	__type(value, struct average);
} loads SEC(".maps");

SEC("socket")
int on_packet(struct __sk_buff *packet)
{
	__u32 key = 1;
	struct average *load = bpf_map_lookup_elem(&loads, &key);

	if (load)
		__sync_fetch_and_add(&load->samples, 1);
	return 0;
}

char LICENSE[] SEC("license") = "GPL";
