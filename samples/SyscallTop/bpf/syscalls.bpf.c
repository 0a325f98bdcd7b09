// Counts system calls by process and number, measures their duration, and records the processes.
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_tracing.h>

#define COMM_LENGTH 16
#define SLOTS 32

struct call_key {
	__u32 pid;
	__u32 number;
};

struct call_stats {
	__u64 calls;
	__u64 nanoseconds;
};

struct histogram {
	__u64 slots[SLOTS]; // slot i: 2^i to 2^(i+1) - 1 ns
};

struct process {
	__u64 first_seen; // CLOCK_MONOTONIC, ns
	char comm[COMM_LENGTH];
};

struct entered {
	__u64 at;
	__u32 number;
	__u32 padding;
};

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_HASH);
	__uint(max_entries, 16384);
	__type(key, struct call_key);
	__type(value, struct call_stats);
} calls SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct histogram);
} latency SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_LRU_HASH);
	__uint(max_entries, 4096);
	__type(key, __u32);
	__type(value, struct process);
} processes SEC(".maps");

// The current system call of each thread, between entry and exit.
struct {
	__uint(type, BPF_MAP_TYPE_LRU_HASH);
	__uint(max_entries, 16384);
	__type(key, __u32);
	__type(value, struct entered);
} inside SEC(".maps");

const volatile __u32 only_pid = 0; // 0: all
const volatile __u32 own_pid = 0;  // the process that shows the counts; not counted
__u64 lost = 0;                    // calls not counted because a map was full

static __always_inline int is_watched(__u32 pid)
{
	return pid != own_pid && (!only_pid || pid == only_pid);
}

static __always_inline void note_process(__u32 pid)
{
	struct process process = {};

	if (bpf_map_lookup_elem(&processes, &pid))
		return;
	process.first_seen = bpf_ktime_get_ns();
	bpf_get_current_comm(process.comm, sizeof(process.comm));
	bpf_map_update_elem(&processes, &pid, &process, BPF_NOEXIST);
}

// Returns this CPU's counters. If two CPUs add the same key at the same time, both find it afterwards.
static __always_inline struct call_stats *stats_of(struct call_key *key)
{
	struct call_stats none = {}, *stats = bpf_map_lookup_elem(&calls, key);

	if (stats)
		return stats;
	bpf_map_update_elem(&calls, key, &none, BPF_NOEXIST);
	return bpf_map_lookup_elem(&calls, key);
}

static __always_inline __u32 log2_of(__u64 value)
{
	__u32 slot = 0;

#pragma unroll
	for (int shift = 16; shift; shift >>= 1) {
		if (value >> shift) {
			value >>= shift;
			slot += shift;
		}
	}
	return slot < SLOTS ? slot : SLOTS - 1;
}

SEC("raw_tp/sys_enter")
int on_enter(struct bpf_raw_tracepoint_args *ctx)
{
	__u64 id = bpf_get_current_pid_tgid();
	__u32 pid = id >> 32, thread = id;
	struct entered entered = {};
	struct call_stats *stats;
	struct call_key key = { .pid = pid, .number = ctx->args[1] };

	if (!is_watched(pid))
		return 0;

	note_process(pid);
	stats = stats_of(&key);
	if (stats)
		__sync_fetch_and_add(&stats->calls, 1);
	else
		__sync_fetch_and_add(&lost, 1);

	entered.at = bpf_ktime_get_ns();
	entered.number = key.number;
	bpf_map_update_elem(&inside, &thread, &entered, BPF_ANY);
	return 0;
}

SEC("raw_tp/sys_exit")
int on_exit(struct bpf_raw_tracepoint_args *ctx)
{
	__u64 id = bpf_get_current_pid_tgid();
	__u32 pid = id >> 32, thread = id, zero = 0;
	struct entered *entered;
	struct call_key key = { .pid = pid };
	struct call_stats *stats;
	struct histogram *histogram;
	__u64 took;

	entered = bpf_map_lookup_elem(&inside, &thread);
	if (!entered)
		return 0;
	took = bpf_ktime_get_ns() - entered->at;
	key.number = entered->number;
	bpf_map_delete_elem(&inside, &thread);

	stats = bpf_map_lookup_elem(&calls, &key);
	if (stats)
		__sync_fetch_and_add(&stats->nanoseconds, took);
	histogram = bpf_map_lookup_elem(&latency, &zero);
	if (histogram)
		__sync_fetch_and_add(&histogram->slots[log2_of(took) & (SLOTS - 1)], 1);
	return 0;
}

char LICENSE[] SEC("license") = "GPL";
