// Programs whose links are taken over and ordered, and one that lists maps.
#include <linux/bpf.h>
#include <linux/pkt_cls.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_tracing.h>

#ifndef TCX_NEXT
#define TCX_NEXT -1
#endif

__u64 old_packets = 0, new_packets = 0, counted = 0, filtered = 0;

SEC("xdp")
int on_packet_old(struct xdp_md *packet)
{
	__sync_fetch_and_add(&old_packets, 1);
	return XDP_PASS;
}

SEC("xdp")
int on_packet_new(struct xdp_md *packet)
{
	__sync_fetch_and_add(&new_packets, 1);
	return XDP_PASS;
}

SEC("tc")
int count(struct __sk_buff *packet)
{
	__sync_fetch_and_add(&counted, 1);
	return TCX_NEXT;
}

SEC("tc")
int filter(struct __sk_buff *packet)
{
	__sync_fetch_and_add(&filtered, 1);
	return TC_ACT_OK;
}

#define KERNEL_TYPE __attribute__((preserve_access_index))

struct seq_file;
struct bpf_iter_meta { struct seq_file *seq; } KERNEL_TYPE;
struct bpf_map { __u32 id; __u32 max_entries; } KERNEL_TYPE;
struct bpf_iter__bpf_map { struct bpf_iter_meta *meta; struct bpf_map *map; } KERNEL_TYPE;

SEC("iter/bpf_map")
int list_maps(struct bpf_iter__bpf_map *ctx)
{
	struct seq_file *seq = ctx->meta->seq;
	struct bpf_map *map = ctx->map;

	if (map)
		BPF_SEQ_PRINTF(seq, "%u %u\n", map->id, map->max_entries);
	return 0;
}

char LICENSE[] SEC("license") = "GPL";
