// Counts the files that each task opens, in its storage.
#include <linux/bpf.h>
#include <linux/ptrace.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_tracing.h>

struct task_note {
	__u64 opens;
};

struct {
	__uint(type, BPF_MAP_TYPE_TASK_STORAGE);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__type(key, int);
	__type(value, struct task_note);
} tasks SEC(".maps");

SEC("fentry/do_sys_openat2")
int BPF_PROG(on_entry)
{
	struct task_note *note =
		bpf_task_storage_get(&tasks, bpf_get_current_task_btf(), 0, BPF_LOCAL_STORAGE_GET_F_CREATE);

	if (note)
		__sync_fetch_and_add(&note->opens, 1);
	return 0;
}

char LICENSE[] SEC("license") = "GPL";
