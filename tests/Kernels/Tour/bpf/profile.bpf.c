// Samples the stacks of all processes.
#include <linux/bpf.h>
#include <linux/ptrace.h>
#include <linux/bpf_perf_event.h>
#include <bpf/bpf_helpers.h>

struct place {
	__u32 pid;
	__s32 user_stack;
	__s32 kernel_stack;
};

struct {
	__uint(type, BPF_MAP_TYPE_STACK_TRACE);
	__uint(max_entries, 4096);
	__uint(key_size, sizeof(__u32));
	__uint(value_size, 127 * sizeof(__u64));
} stacks SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 8192);
	__type(key, struct place);
	__type(value, __u64);
} samples SEC(".maps");

SEC("perf_event")
int on_clock(struct bpf_perf_event_data *ctx)
{
	struct place place = { .pid = bpf_get_current_pid_tgid() >> 32 };
	__u64 one = 1, *count;

	place.user_stack = bpf_get_stackid(ctx, &stacks, BPF_F_USER_STACK);
	place.kernel_stack = bpf_get_stackid(ctx, &stacks, 0);
	count = bpf_map_lookup_elem(&samples, &place);
	if (count)
		__sync_fetch_and_add(count, 1);
	else
		bpf_map_update_elem(&samples, &place, &one, BPF_NOEXIST);
	return 0;
}

char LICENSE[] SEC("license") = "GPL";
