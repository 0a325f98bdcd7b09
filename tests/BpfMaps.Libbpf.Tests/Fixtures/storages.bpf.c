// Values that belong to kernel objects: programs count on the objects that the process marks.
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
	__uint(type, BPF_MAP_TYPE_SK_STORAGE);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__type(key, int);
	__type(value, struct note);
} sockets SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_TASK_STORAGE);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__type(key, int);
	__type(value, struct note);
} tasks SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_INODE_STORAGE);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__type(key, int);
	__type(value, struct note);
} files SEC(".maps");

struct {
	__uint(type, CGRP_STORAGE);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__type(key, int);
	__type(value, struct note);
} groups SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_CGROUP_STORAGE);
	__type(key, struct bpf_cgroup_storage_key);
	__type(value, struct note);
} attached SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_CGROUP_STORAGE);
	__type(key, __u64);
	__type(value, struct note);
} attached_cpu SEC(".maps");

static struct note *(*group_note)(void *map, struct cgroup *group, void *value, __u64 flags) = (void *)210;

SEC("cgroup_skb/egress")
int on_packet(struct __sk_buff *skb)
{
	struct bpf_sock *socket = skb->sk;
	struct note *note = bpf_get_local_storage(&attached, 0);

	__sync_fetch_and_add(&note->count, 1);
	__sync_fetch_and_add(&note->bytes, skb->len);
	note = bpf_get_local_storage(&attached_cpu, 0);
	note->count++;
	note->bytes += skb->len;
	if (!socket)
		return 1;
	note = bpf_sk_storage_get(&sockets, socket, 0, 0);
	if (note) {
		__sync_fetch_and_add(&note->count, 1);
		__sync_fetch_and_add(&note->bytes, skb->len);
	}
	return 1;
}

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
