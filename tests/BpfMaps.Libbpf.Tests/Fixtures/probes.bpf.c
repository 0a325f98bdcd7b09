// Programs for probes in user space and for a clock.
#include <linux/bpf.h>
#include <linux/ptrace.h>
#include <linux/bpf_perf_event.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_tracing.h>
#include <stdbool.h> // for usdt.bpf.h
#include <bpf/usdt.bpf.h>

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 8);
	__type(key, __u32);
	__type(value, __u64);
} hits SEC(".maps");

const volatile __u32 watched_pid = 0;
__u64 last_argument = 0;

static __always_inline int hit(__u32 which)
{
	__u64 *count = bpf_map_lookup_elem(&hits, &which);

	if (count && (__u32)(bpf_get_current_pid_tgid() >> 32) == watched_pid)
		__sync_fetch_and_add(count, 1);
	return 0;
}

SEC("uprobe")
int on_call(struct pt_regs *ctx)
{
	return hit(0);
}

SEC("uretprobe")
int on_return(struct pt_regs *ctx)
{
	last_argument = PT_REGS_RC(ctx);
	return hit(1);
}

SEC("usdt")
int BPF_USDT(on_probe, int argument)
{
	last_argument = argument;
	return hit(2);
}

SEC("perf_event")
int on_clock(struct bpf_perf_event_data *ctx)
{
	return hit(3);
}

char LICENSE[] SEC("license") = "GPL";
