// Writes an event for each program that starts and each process that exits, in order, to one ring buffer.
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_core_read.h>

#define COMM_LENGTH 16
#define PATH_LENGTH 128

enum event_kind {
	EVENT_EXEC = 1,
	EVENT_EXIT = 2,
};

// Header of all events.
struct event {
	__u32 kind;
	__u32 pid;
	__u64 at; // CLOCK_MONOTONIC, ns
	char comm[COMM_LENGTH];
};

struct exec_event {
	struct event header;
	__u32 parent;
	char path[PATH_LENGTH];
};

struct exit_event {
	struct event header;
	__u64 nanoseconds; // since exec; 0 if exec was not observed
	__u32 status;      // as returned by wait(2)
};

struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, 256 * 1024);
} events SEC(".maps");

// Time of the last exec of each process. Every process has an exit event, which deletes its entry.
struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 16384);
	__type(key, __u32);
	__type(value, __u64);
} started SEC(".maps");

__u64 lost = 0; // events lost because the ring was full

// Fields of kernel and tracepoint structs that are read here. libbpf relocates their offsets for the running kernel.
struct task_struct {
	int exit_code;
	int tgid;
	struct task_struct *real_parent;
} __attribute__((preserve_access_index));

struct exec_context {
	__u64 common;
	__u32 filename; // lower 16 bits: offset of the string in the record
	__s32 pid;
	__s32 old_pid;
};

static __always_inline void fill(struct event *event, __u32 kind, __u32 pid, __u64 now)
{
	event->kind = kind;
	event->pid = pid;
	event->at = now;
	bpf_get_current_comm(event->comm, sizeof(event->comm));
}

SEC("tracepoint/sched/sched_process_exec")
int on_exec(struct exec_context *ctx)
{
	struct task_struct *task = (struct task_struct *)bpf_get_current_task();
	__u32 pid = bpf_get_current_pid_tgid() >> 32;
	__u64 now = bpf_ktime_get_ns();
	struct exec_event *event;

	bpf_map_update_elem(&started, &pid, &now, BPF_ANY);
	event = bpf_ringbuf_reserve(&events, sizeof(*event), 0);
	if (!event) {
		__sync_fetch_and_add(&lost, 1);
		return 0;
	}
	fill(&event->header, EVENT_EXEC, pid, now);
	event->parent = BPF_CORE_READ(task, real_parent, tgid);
	if (bpf_probe_read_kernel_str(event->path, sizeof(event->path), (char *)ctx + (ctx->filename & 0xffff)) < 0)
		event->path[0] = 0;
	bpf_ringbuf_submit(event, 0);
	return 0;
}

SEC("tracepoint/sched/sched_process_exit")
int on_exit(void *ctx)
{
	struct task_struct *task = (struct task_struct *)bpf_get_current_task();
	__u64 id = bpf_get_current_pid_tgid(), now = bpf_ktime_get_ns(), *since;
	__u32 pid = id >> 32;
	struct exit_event *event;

	if (pid != (__u32)id)
		return 0; // a thread, not the process
	event = bpf_ringbuf_reserve(&events, sizeof(*event), 0);
	if (!event) {
		__sync_fetch_and_add(&lost, 1);
		bpf_map_delete_elem(&started, &pid);
		return 0;
	}
	fill(&event->header, EVENT_EXIT, pid, now);
	since = bpf_map_lookup_elem(&started, &pid);
	event->nanoseconds = since ? now - *since : 0;
	event->status = BPF_CORE_READ(task, exit_code);
	bpf_map_delete_elem(&started, &pid);
	bpf_ringbuf_submit(event, 0);
	return 0;
}

char LICENSE[] SEC("license") = "GPL";
