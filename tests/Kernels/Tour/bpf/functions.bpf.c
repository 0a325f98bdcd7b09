// Observes a function at its entry and its exit.
#include <linux/bpf.h>
#include <linux/ptrace.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_tracing.h>

const volatile __u32 only_pid = 0;
__u64 entries = 0, exits = 0, failures = 0;

SEC("fentry/do_sys_openat2")
int BPF_PROG(on_entry)
{
	if (bpf_get_current_pid_tgid() >> 32 == only_pid)
		__sync_fetch_and_add(&entries, 1);
	return 0;
}

SEC("fexit/do_sys_openat2")
int BPF_PROG(on_exit, int directory, const char *path, void *how, long result)
{
	if (bpf_get_current_pid_tgid() >> 32 != only_pid)
		return 0;
	__sync_fetch_and_add(&exits, 1);
	if ((int)result < 0) // the upper half is undefined where the function returns an int
		__sync_fetch_and_add(&failures, 1);
	return 0;
}

char LICENSE[] SEC("license") = "GPL";
