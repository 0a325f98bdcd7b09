// Counts the system calls of a process, in the storage of its cgroup.
#include <linux/bpf.h>
#include <linux/ptrace.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_tracing.h>

#define BPF_MAP_TYPE_CGRP_STORAGE_ 32 // in linux/bpf.h since Linux 6.2

struct cgroup;

struct css_set {
	struct cgroup *dfl_cgrp;
} __attribute__((preserve_access_index));

struct task_struct {
	struct css_set *cgroups;
} __attribute__((preserve_access_index));

struct group_note {
	__u64 calls;
};

struct {
	__uint(type, BPF_MAP_TYPE_CGRP_STORAGE_);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__type(key, int);
	__type(value, struct group_note);
} groups SEC(".maps");

const volatile __u32 only_pid = 0;

SEC("tp_btf/sys_enter")
int BPF_PROG(on_enter)
{
	struct group_note *note;

	if (bpf_get_current_pid_tgid() >> 32 != only_pid)
		return 0;
	note = bpf_cgrp_storage_get(&groups, bpf_get_current_task_btf()->cgroups->dfl_cgrp, 0, BPF_LOCAL_STORAGE_GET_F_CREATE);
	if (note)
		__sync_fetch_and_add(&note->calls, 1);
	return 0;
}

char LICENSE[] SEC("license") = "GPL";
