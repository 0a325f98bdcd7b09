// Measures how long runnable threads wait for a CPU.
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_core_read.h>
#include <bpf/bpf_tracing.h>

#define SLOTS 32 // up to 71 minutes; the last slot also counts everything above

// Slot i counts waits of 2^i to 2^(i+1) - 1 us; slot 0 those under 2 us.
struct waits {
	__u64 slots[SLOTS];
};

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct waits);
} waits SEC(".maps");

// When each thread became runnable (CLOCK_MONOTONIC, ns).
struct {
	__uint(type, BPF_MAP_TYPE_LRU_HASH);
	__uint(max_entries, 65536);
	__type(key, __u32);
	__type(value, __u64);
} runnable SEC(".maps");

const volatile __u32 only_pid = 0; // 0: all processes

// Fields of the kernel's type. libbpf relocates their offsets for the running kernel.
struct task_struct {
	int pid;
	int tgid;
	unsigned int __state; // Linux 5.14
} __attribute__((preserve_access_index));

struct task_struct___before_5_14 {
	long state;
} __attribute__((preserve_access_index));

static __always_inline int is_runnable(struct task_struct *task)
{
	if (bpf_core_field_exists(task->__state))
		return task->__state == 0;
	return ((struct task_struct___before_5_14 *)task)->state == 0;
}

static __always_inline void mark_runnable(struct task_struct *task)
{
	__u32 thread = task->pid;
	__u64 now = bpf_ktime_get_ns();

	if (thread && (!only_pid || task->tgid == only_pid))
		bpf_map_update_elem(&runnable, &thread, &now, BPF_ANY);
}

static __always_inline __u32 slot_of(__u64 microseconds)
{
	__u32 slot = 0;

#pragma unroll
	for (int shift = 32; shift; shift >>= 1) {
		if (microseconds >> shift) {
			microseconds >>= shift;
			slot += shift;
		}
	}
	return slot < SLOTS ? slot : SLOTS - 1;
}

SEC("tp_btf/sched_wakeup")
int BPF_PROG(on_wakeup, struct task_struct *task)
{
	mark_runnable(task);
	return 0;
}

SEC("tp_btf/sched_wakeup_new")
int BPF_PROG(on_wakeup_new, struct task_struct *task)
{
	mark_runnable(task);
	return 0;
}

SEC("tp_btf/sched_switch")
int BPF_PROG(on_switch, int preempt, struct task_struct *previous, struct task_struct *next)
{
	__u32 index = 0, thread = next->pid, slot;
	struct waits *all;
	__u64 *since, now;

	// The thread lost its CPU and waits for one again, without a wakeup.
	if (is_runnable(previous))
		mark_runnable(previous);

	since = bpf_map_lookup_elem(&runnable, &thread);
	if (!since)
		return 0;
	now = bpf_ktime_get_ns();
	slot = now > *since ? slot_of((now - *since) / 1000) : 0;
	bpf_map_delete_elem(&runnable, &thread);

	all = bpf_map_lookup_elem(&waits, &index);
	if (all && slot < SLOTS)
		all->slots[slot]++;
	return 0;
}

char LICENSE[] SEC("license") = "GPL";
