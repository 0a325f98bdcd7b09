// Counts the packets of an interface, at XDP and at traffic control.
#include <linux/bpf.h>
#include <linux/pkt_cls.h>
#include <bpf/bpf_helpers.h>

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, 2);
	__type(key, __u32);
	__type(value, __u64);
} packets SEC(".maps");

static __always_inline void count(__u32 place)
{
	__u64 *number = bpf_map_lookup_elem(&packets, &place);

	if (number)
		(*number)++;
}

SEC("xdp")
int on_receive(struct xdp_md *packet)
{
	count(0);
	return XDP_PASS;
}

SEC("tc")
int on_send(struct __sk_buff *packet)
{
	count(1);
	return TC_ACT_OK;
}

char LICENSE[] SEC("license") = "GPL";
