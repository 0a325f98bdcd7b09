// Counts the calls of getppid of one process.
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

struct counts {
	__u64 calls;
};

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 16);
	__type(key, __u32);
	__type(value, struct counts);
} calls SEC(".maps");

const volatile __u32 target_pid = 0;
const volatile long counted_call = 0;

SEC("raw_tp/sys_enter")
int on_enter(struct bpf_raw_tracepoint_args *ctx)
{
	__u32 pid = bpf_get_current_pid_tgid() >> 32;
	struct counts one = { .calls = 1 }, *known;

	if (pid != target_pid || (long)ctx->args[1] != counted_call)
		return 0;
	known = bpf_map_lookup_elem(&calls, &pid);
	if (known)
		__sync_fetch_and_add(&known->calls, 1);
	else
		bpf_map_update_elem(&calls, &pid, &one, BPF_NOEXIST);
	return 0;
}

char LICENSE[] SEC("license") = "GPL";
