// Counts the stacks that are sampled at a fixed frequency on every CPU.
#include <linux/bpf.h>
#include <linux/ptrace.h>
#include <linux/bpf_perf_event.h>
#include <bpf/bpf_helpers.h>

#define COMM_LENGTH 16
#define DEPTH 127 // as many frames as kernel.perf_event_max_stack

struct sample {
	__u32 pid;
	__s32 user_stack;   // id in stacks; negative: there is none
	__s32 kernel_stack;
	char comm[COMM_LENGTH];
};

struct {
	__uint(type, BPF_MAP_TYPE_STACK_TRACE);
	__uint(max_entries, 32768);
	__uint(key_size, sizeof(__u32));
	__uint(value_size, DEPTH * sizeof(__u64));
} stacks SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 32768);
	__type(key, struct sample);
	__type(value, __u64);
} samples SEC(".maps");

const volatile __u32 only_pid = 0; // 0: all processes
__u64 lost = 0; // samples lost because the map was full

SEC("perf_event")
int on_clock(struct bpf_perf_event_data *context)
{
	struct sample sample = { .pid = bpf_get_current_pid_tgid() >> 32 };
	__u64 one = 1, *count;

	if (!sample.pid || (only_pid && sample.pid != only_pid))
		return 0; // the idle thread, or left out
	sample.user_stack = bpf_get_stackid(context, &stacks, BPF_F_USER_STACK);
	sample.kernel_stack = bpf_get_stackid(context, &stacks, 0);
	bpf_get_current_comm(sample.comm, sizeof(sample.comm));
	count = bpf_map_lookup_elem(&samples, &sample);
	if (!count) {
		// If another CPU adds the sample at the same time, this update fails.
		if (!bpf_map_update_elem(&samples, &sample, &one, BPF_NOEXIST))
			return 0;
		count = bpf_map_lookup_elem(&samples, &sample);
	}
	__sync_fetch_and_add(count ? count : &lost, 1);
	return 0;
}

char LICENSE[] SEC("license") = "GPL";
