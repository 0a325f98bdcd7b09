// Counts the calls of many functions with one program.
#include <linux/bpf.h>
#include <linux/ptrace.h>
#include <bpf/bpf_helpers.h>

const volatile __u32 only_pid = 0;
__u64 hits = 0;

SEC("kprobe.multi/vfs_*")
int on_vfs(struct pt_regs *ctx)
{
	if (bpf_get_current_pid_tgid() >> 32 == only_pid)
		__sync_fetch_and_add(&hits, 1);
	return 0;
}

char LICENSE[] SEC("license") = "GPL";
