// Values that belong to threads and control groups: a program counts on those that the process marks.
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_tracing.h>

// Not defined in the headers of some distributions.
#define CGRP_STORAGE 32

struct note {
	__u64 count;
	__u64 bytes;
};

#pragma clang attribute push(__attribute__((preserve_access_index)), apply_to = record)

struct cgroup;

struct css_set {
	struct cgroup *dfl_cgrp;
};

struct task_struct {
	struct css_set *cgroups;
};

#pragma clang attribute pop

struct {
	__uint(type, BPF_MAP_TYPE_TASK_STORAGE);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__type(key, int);
	__type(value, struct note);
} tasks SEC(".maps");

struct {
	__uint(type, CGRP_STORAGE);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__type(key, int);
	__type(value, struct note);
} groups SEC(".maps");

static struct note *(*group_note)(void *map, struct cgroup *group, void *value, __u64 flags) = (void *)210;

SEC("tp_btf/sys_enter")
int on_call(void *ctx)
{
	struct task_struct *task = (void *)bpf_get_current_task_btf();
	struct note *note = bpf_task_storage_get(&tasks, task, 0, 0);

	if (!note)
		return 0;
	note->count++;
	note = group_note(&groups, task->cgroups->dfl_cgrp, 0, 0);
	if (note)
		__sync_fetch_and_add(&note->count, 1);
	return 0;
}

char LICENSE[] SEC("license") = "GPL";
