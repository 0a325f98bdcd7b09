// The filter of a first version of the sample Guard: its counters of a source had no bytes.
#include <linux/bpf.h>
#include <linux/if_ether.h>
#include <linux/ip.h>
#include <bpf/bpf_endian.h>
#include <bpf/bpf_helpers.h>

struct address { __u8 bytes[16]; };
struct network4 { __u32 prefix_length; __be32 address; };
struct rule { __u64 packets, added; __u32 limit; __u16 action, origin; };
struct source { __u64 packets, dropped, second, in_second; };

struct {
	__uint(type, BPF_MAP_TYPE_LPM_TRIE);
	__uint(max_entries, 65536);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__type(key, struct network4);
	__type(value, struct rule);
} rules4 SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_LRU_HASH);
	__uint(max_entries, 65536);
	__type(key, struct address);
	__type(value, struct source);
} sources SEC(".maps");

SEC("xdp")
int filter(struct xdp_md *ctx)
{
	void *data = (void *)(long)ctx->data, *end = (void *)(long)ctx->data_end;
	struct ethhdr *ethernet = data;
	struct iphdr *ip = (void *)(ethernet + 1);
	struct network4 network = { .prefix_length = 32 };
	struct address address = {};
	struct source *source, first = { .packets = 1 };
	struct rule *rule;

	if ((void *)(ip + 1) > end || ethernet->h_proto != bpf_htons(ETH_P_IP))
		return XDP_PASS;
	network.address = ip->saddr;
	address.bytes[10] = address.bytes[11] = 0xff;
	__builtin_memcpy(address.bytes + 12, &ip->saddr, 4);
	source = bpf_map_lookup_elem(&sources, &address);
	if (source)
		__sync_fetch_and_add(&source->packets, 1);
	else
		bpf_map_update_elem(&sources, &address, &first, BPF_NOEXIST);
	rule = bpf_map_lookup_elem(&rules4, &network);
	if (!rule)
		return XDP_PASS;
	__sync_fetch_and_add(&rule->packets, 1);
	return XDP_DROP;
}

char LICENSE[] SEC("license") = "GPL";
