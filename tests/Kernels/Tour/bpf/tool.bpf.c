// A typed map for the commands of the tool, and a program whose link bpftool can pin.
#include <linux/bpf.h>
#include <linux/types.h>
#include <bpf/bpf_helpers.h>

struct flow {
	__be32 address;
	__be16 port;
	__u16 padding;
};

struct stats {
	__u64 packets;
	__u64 bytes;
};

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__type(key, struct flow);
	__type(value, struct stats);
	__uint(max_entries, 64);
	__uint(pinning, LIBBPF_PIN_BY_NAME);
} tour_flows SEC(".maps");

SEC("iter/bpf_map")
int visit_maps(void *ctx)
{
	return 0;
}

char LICENSE[] SEC("license") = "GPL";
