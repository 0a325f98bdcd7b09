// One program of each type that the tests attach, and maps that record their activity.
#include <linux/bpf.h>
#include <linux/pkt_cls.h>
#include <bpf/bpf_helpers.h>

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 8);
	__type(key, __u32);
	__type(value, __u64);
} hits SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 16);
	__type(key, __u32);
	__type(value, __u64);
} resized SEC(".maps");

const volatile __u32 watched_pid = 0;
const volatile __u64 watched_syscall = 0;
__u64 total = 0;

static __always_inline void hit(__u32 which)
{
	__u64 *count = bpf_map_lookup_elem(&hits, &which);

	if (count)
		__sync_fetch_and_add(count, 1);
}

SEC("raw_tp/sys_enter")
int on_syscall(struct bpf_raw_tracepoint_args *ctx)
{
	if ((__u32)(bpf_get_current_pid_tgid() >> 32) != watched_pid || ctx->args[1] != watched_syscall)
		return 0;
	__sync_fetch_and_add(&total, 1);
	hit(0);
	return 0;
}

SEC("tracepoint/sched/sched_process_exec")
int on_exec(void *ctx)
{
	hit(1);
	return 0;
}

SEC("xdp")
int on_packet(struct xdp_md *ctx)
{
	hit(2);
	return XDP_PASS;
}

SEC("tc")
int on_tc(struct __sk_buff *skb)
{
	hit(3);
	return TC_ACT_OK;
}

SEC("socket")
int on_socket(struct __sk_buff *skb)
{
	hit(4);
	return skb->len;
}

SEC("cgroup_skb/egress")
int on_egress(struct __sk_buff *skb)
{
	hit(5);
	return 1;
}

char LICENSE[] SEC("license") = "GPL";
