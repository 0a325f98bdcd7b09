// A congestion control of TCP: functions of a kernel structure.
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

struct sock;
struct tcp_congestion_ops {
	__u32 (*ssthresh)(struct sock *sk);
	void (*cong_avoid)(struct sock *sk, __u32 ack, __u32 acked);
	__u32 (*undo_cwnd)(struct sock *sk);
	char name[16];
};

SEC("struct_ops/ssthresh")
__u32 slow_start_threshold(void *ctx)
{
	return 2;
}

SEC("struct_ops/cong_avoid")
void avoid(void *ctx)
{
}

SEC("struct_ops/undo_cwnd")
__u32 undo(void *ctx)
{
	return 2;
}

SEC(".struct_ops")
struct tcp_congestion_ops steady = {
	.ssthresh = (void *)slow_start_threshold,
	.cong_avoid = (void *)avoid,
	.undo_cwnd = (void *)undo,
	.name = "bpfmaps_steady",
};

char LICENSE[] SEC("license") = "GPL";
