// Programs that get the names of their functions from user space. A step loads the one that it needs.
#include <linux/bpf.h>
#include <linux/ptrace.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_tracing.h>

const volatile __u32 only_pid = 0;
__u64 entries = 0, opens = 0, calls = 0;

static __always_inline int is_watched(void)
{
	return bpf_get_current_pid_tgid() >> 32 == only_pid;
}

SEC("fentry")
int BPF_PROG(on_function)
{
	if (is_watched())
		__sync_fetch_and_add(&entries, 1);
	return 0;
}

SEC("lsm")
int BPF_PROG(on_hook)
{
	if (is_watched())
		__sync_fetch_and_add(&opens, 1);
	return 0;
}

SEC("uprobe")
int on_call(struct pt_regs *ctx)
{
	if (is_watched())
		__sync_fetch_and_add(&calls, 1);
	return 0;
}

SEC("uprobe.multi")
int on_calls(struct pt_regs *ctx)
{
	if (is_watched())
		__sync_fetch_and_add(&calls, 1);
	return 0;
}

char LICENSE[] SEC("license") = "GPL";
