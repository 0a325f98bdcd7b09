// Counts what the scheduler, system calls, TCP and timers do. KernelMetrics exports the maps as metrics.
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_core_read.h>
#include <bpf/bpf_tracing.h>

#define COMM_LENGTH 16
#define SLOTS 36 // up to 68 s; the last slot also counts everything above

// Durations: slot i counts 2^i to 2^(i+1) - 1 ns.
struct histogram {
	__u64 slots[SLOTS];
	__u64 nanoseconds;
};

struct command {
	char comm[COMM_LENGTH];
};

struct call_key {
	char comm[COMM_LENGTH];
	__u32 number;
};

struct call_stats {
	__u64 calls;
	__u64 nanoseconds;
};

struct error_key {
	__u32 number;
	__s32 error; // positive
};

struct state_change {
	__u16 family;
	__u8 from;
	__u8 to;
};

// What is known about a thread between two events. CLOCK_MONOTONIC, ns; 0: nothing.
struct thread {
	__u64 runnable_since;
	__u64 entered_at;
	__u32 number; // of the system call
	__u32 padding;
};

// Fields of kernel types. libbpf relocates their offsets for the running kernel.
struct kernfs_node {
	__u64 id;
} __attribute__((preserve_access_index));

struct cgroup {
	struct kernfs_node *kn;
} __attribute__((preserve_access_index));

struct css_set {
	struct cgroup *dfl_cgrp;
} __attribute__((preserve_access_index));

struct task_struct {
	unsigned int __state; // Linux 5.14
	struct css_set *cgroups;
} __attribute__((preserve_access_index));

// Records of tracepoints, as in /sys/kernel/tracing/events/CATEGORY/NAME/format.
struct set_state_record {
	__u64 common;
	const void *socket;
	__s32 from;
	__s32 to;
	__u16 source_port;
	__u16 destination_port;
	__u16 family;
	__u16 protocol;
};

struct timer_start_record {
	__u64 common;
	const void *timer;
	__u64 function;
};

// The kernel frees the elements of threads that end.
struct {
	__uint(type, BPF_MAP_TYPE_TASK_STORAGE);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__type(key, int);
	__type(value, struct thread);
} threads SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_HASH);
	__uint(max_entries, 1024);
	__type(key, __u64); // cgroup id
	__type(value, struct histogram);
} run_queue SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_HASH);
	__uint(max_entries, 1024);
	__type(key, struct command);
	__type(value, struct histogram);
} call_duration SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_HASH);
	__uint(max_entries, 16384);
	__type(key, struct call_key);
	__type(value, struct call_stats);
} calls SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_HASH);
	__uint(max_entries, 4096);
	__type(key, struct error_key);
	__type(value, __u64);
} call_errors SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_HASH);
	__uint(max_entries, 256);
	__type(key, struct state_change);
	__type(value, __u64);
} tcp_states SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_HASH);
	__uint(max_entries, 1024);
	__type(key, __u64); // address of the function
	__type(value, __u64);
} timer_starts SEC(".maps");

// Events that are not counted because a map is full.
struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, __u64);
} lost SEC(".maps");

static const struct histogram no_durations;
static const struct call_stats no_calls;
static const __u64 zero;

static __always_inline void lose(void)
{
	__u32 index = 0;
	__u64 *count = bpf_map_lookup_elem(&lost, &index);

	if (count)
		__sync_fetch_and_add(count, 1);
}

// Returns this CPU's value of the key, and adds the key if the map does not have it.
static __always_inline void *value_of(void *map, const void *key, const void *initial)
{
	void *value = bpf_map_lookup_elem(map, key);

	if (value)
		return value;
	// If another CPU adds the key at the same time, this update fails and the lookup succeeds.
	bpf_map_update_elem(map, key, initial, BPF_NOEXIST);
	value = bpf_map_lookup_elem(map, key);
	if (!value)
		lose();
	return value;
}

static __always_inline void increment(void *map, const void *key)
{
	__u64 *count = value_of(map, key, &zero);

	// A thread on this CPU may be preempted by one that counts the same key.
	if (count)
		__sync_fetch_and_add(count, 1);
}

static __always_inline __u32 slot_of(__u64 nanoseconds)
{
	__u32 slot = 0;

#pragma unroll
	for (int shift = 32; shift; shift >>= 1) {
		if (nanoseconds >> shift) {
			nanoseconds >>= shift;
			slot += shift;
		}
	}
	return slot < SLOTS ? slot : SLOTS - 1;
}

static __always_inline void observe(void *map, const void *key, __u64 nanoseconds)
{
	struct histogram *histogram = value_of(map, key, &no_durations);
	__u32 slot = slot_of(nanoseconds);

	if (!histogram || slot >= SLOTS)
		return;
	__sync_fetch_and_add(&histogram->slots[slot], 1);
	__sync_fetch_and_add(&histogram->nanoseconds, nanoseconds);
}

static __always_inline void mark_runnable(struct task_struct *task)
{
	struct thread *thread = bpf_task_storage_get(&threads, task, 0, BPF_LOCAL_STORAGE_GET_F_CREATE);

	if (thread)
		thread->runnable_since = bpf_ktime_get_ns();
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
	struct thread *thread;
	__u64 cgroup, since;

	// State 0 is runnable: the thread waits for a CPU again, without a wakeup.
	if (!previous->__state)
		mark_runnable(previous);

	thread = bpf_task_storage_get(&threads, next, 0, 0);
	if (!thread || !thread->runnable_since)
		return 0;
	since = thread->runnable_since;
	thread->runnable_since = 0;
	cgroup = next->cgroups->dfl_cgrp->kn->id;
	observe(&run_queue, &cgroup, bpf_ktime_get_ns() - since);
	return 0;
}

SEC("raw_tp/sys_enter")
int on_enter(struct bpf_raw_tracepoint_args *ctx)
{
	struct thread *thread =
		bpf_task_storage_get(&threads, bpf_get_current_task_btf(), 0, BPF_LOCAL_STORAGE_GET_F_CREATE);

	if (!thread) {
		lose();
		return 0;
	}
	thread->number = ctx->args[1];
	thread->entered_at = bpf_ktime_get_ns();
	return 0;
}

SEC("raw_tp/sys_exit")
int on_exit(struct bpf_raw_tracepoint_args *ctx)
{
	struct thread *thread = bpf_task_storage_get(&threads, bpf_get_current_task_btf(), 0, 0);
	struct error_key error = {};
	struct call_key call = {};
	struct command command;
	struct call_stats *stats;
	__s64 result = ctx->args[1];
	__u64 took;

	if (!thread || !thread->entered_at)
		return 0; // entered before this program was attached
	took = bpf_ktime_get_ns() - thread->entered_at;
	thread->entered_at = 0;
	call.number = error.number = thread->number;
	bpf_get_current_comm(call.comm, sizeof(call.comm));

	stats = value_of(&calls, &call, &no_calls);
	if (stats) {
		__sync_fetch_and_add(&stats->calls, 1);
		__sync_fetch_and_add(&stats->nanoseconds, took);
	}
	__builtin_memcpy(command.comm, call.comm, sizeof(command.comm));
	observe(&call_duration, &command, took);

	// Results from -4095 to -1 are error numbers.
	if (result < 0 && result >= -4095) {
		error.error = -result;
		increment(&call_errors, &error);
	}
	return 0;
}

SEC("tracepoint/sock/inet_sock_set_state")
int on_set_state(struct set_state_record *record)
{
	struct state_change change = { .family = record->family, .from = record->from, .to = record->to };

	if (record->protocol == 6) // IPPROTO_TCP
		increment(&tcp_states, &change);
	return 0;
}

SEC("tracepoint/timer/timer_start")
int on_timer(struct timer_start_record *record)
{
	__u64 function = record->function;

	increment(&timer_starts, &function);
	return 0;
}

// Its record starts with the same fields.
SEC("tracepoint/timer/hrtimer_start")
int on_high_resolution_timer(struct timer_start_record *record)
{
	__u64 function = record->function;

	increment(&timer_starts, &function);
	return 0;
}

char LICENSE[] SEC("license") = "GPL";
