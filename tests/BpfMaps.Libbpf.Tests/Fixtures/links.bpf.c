// Two programs for each hook that links are tested with. Each counts its runs in its own slot.
#include <linux/bpf.h>
#include <linux/pkt_cls.h>
#include <bpf/bpf_helpers.h>

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 8);
	__type(key, __u32);
	__type(value, __u64);
} hits SEC(".maps");

// The test's packets by their length, with and without Ethernet header: other processes use the same interface.
#define DATA 173
#define IP_PACKET (20 + 8 + DATA)
#define ETHERNET_PACKET (14 + IP_PACKET)

const volatile __u32 watched_pid = 0;
const volatile __u64 watched_syscall = 0;

static __always_inline void hit(__u32 which)
{
	__u64 *count = bpf_map_lookup_elem(&hits, &which);

	if (count)
		__sync_fetch_and_add(count, 1);
}

static __always_inline void hit_packet(__u32 which, __u32 length)
{
	if (length == IP_PACKET || length == ETHERNET_PACKET)
		hit(which);
}

static __always_inline int is_watched(struct bpf_raw_tracepoint_args *ctx)
{
	return (__u32)(bpf_get_current_pid_tgid() >> 32) == watched_pid && ctx->args[1] == watched_syscall;
}

SEC("xdp")
int xdp_first(struct xdp_md *ctx)
{
	hit_packet(0, ctx->data_end - ctx->data);
	return XDP_PASS;
}

SEC("xdp")
int xdp_second_with_a_long_name(struct xdp_md *ctx)
{
	hit_packet(1, ctx->data_end - ctx->data);
	return XDP_PASS;
}

SEC("tc")
int tc_first(struct __sk_buff *skb)
{
	hit_packet(2, skb->len);
	return -1; // TCX_NEXT
}

SEC("tc")
int tc_second(struct __sk_buff *skb)
{
	hit_packet(3, skb->len);
	return -1;
}

SEC("cgroup_skb/egress")
int egress_first(struct __sk_buff *skb)
{
	hit_packet(4, skb->len);
	return 1;
}

SEC("cgroup_skb/egress")
int egress_second(struct __sk_buff *skb)
{
	hit_packet(5, skb->len);
	return 1;
}

SEC("raw_tp/sys_enter")
int raw_first(struct bpf_raw_tracepoint_args *ctx)
{
	if (is_watched(ctx))
		hit(6);
	return 0;
}

SEC("raw_tp/sys_enter")
int raw_second(struct bpf_raw_tracepoint_args *ctx)
{
	if (is_watched(ctx))
		hit(7);
	return 0;
}

SEC("raw_tp/sys_exit")
int raw_elsewhere(struct bpf_raw_tracepoint_args *ctx)
{
	return 0;
}

SEC("tp_btf/sched_switch")
int on_switch(void *ctx)
{
	return 0;
}

SEC("tracepoint/sched/sched_process_exec")
int on_exec(void *ctx)
{
	return 0;
}

SEC("sk_lookup")
int on_lookup(struct bpf_sk_lookup *ctx)
{
	return SK_PASS;
}

char LICENSE[] SEC("license") = "GPL";
