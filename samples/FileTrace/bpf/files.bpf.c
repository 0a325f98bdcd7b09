// Writes an event for each file that a process opens, or fails to open, to a ring buffer.
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

#define COMM_LENGTH 16
#define PATH_LENGTH 256

struct open_event {
	__u32 pid;
	__s32 result; // the descriptor, or a negative error number
	__u32 flags;
	char comm[COMM_LENGTH];
	char path[PATH_LENGTH];
};

struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, 1024 * 1024);
} opens SEC(".maps");

// The arguments of a call that has not returned.
struct arguments {
	const char *path;
	__u32 flags;
	__u32 padding;
};

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 16384);
	__type(key, __u32); // the thread
	__type(value, struct arguments);
} entered SEC(".maps");

const volatile __u32 only_pid = 0; // 0: all processes
const volatile __u32 own_pid = 0;  // this process, which is left out
const volatile __u8 only_failed = 0;
__u64 lost = 0; // events lost because the ring was full

// Records of the tracepoints, as in /sys/kernel/tracing/events/syscalls/sys_enter_openat/format.
struct enter_record {
	__u64 common;
	__s64 number;
	__u64 directory;
	const char *path;
	__u64 flags;
	__u64 mode;
};

struct exit_record {
	__u64 common;
	__s64 number;
	__s64 result;
};

SEC("tracepoint/syscalls/sys_enter_openat")
int on_enter(struct enter_record *record)
{
	__u64 id = bpf_get_current_pid_tgid();
	__u32 process = id >> 32, thread = id;
	struct arguments arguments = { .path = record->path, .flags = record->flags };

	if (process != own_pid && (!only_pid || process == only_pid))
		bpf_map_update_elem(&entered, &thread, &arguments, BPF_ANY);
	return 0;
}

SEC("tracepoint/syscalls/sys_exit_openat")
int on_exit(struct exit_record *record)
{
	__u64 id = bpf_get_current_pid_tgid();
	__u32 thread = id;
	struct arguments *arguments = bpf_map_lookup_elem(&entered, &thread);
	struct open_event *event;

	if (!arguments)
		return 0; // left out, or entered before this program was attached
	if (only_failed && record->result >= 0)
		goto end;
	event = bpf_ringbuf_reserve(&opens, sizeof(*event), 0);
	if (!event) {
		__sync_fetch_and_add(&lost, 1);
		goto end;
	}
	event->pid = id >> 32;
	event->result = record->result;
	event->flags = arguments->flags;
	bpf_get_current_comm(event->comm, sizeof(event->comm));
	// Read at the end of the call: its page may not have been in memory at the beginning.
	if (bpf_probe_read_user_str(event->path, sizeof(event->path), arguments->path) < 0)
		event->path[0] = 0;
	bpf_ringbuf_submit(event, 0);
end:
	bpf_map_delete_elem(&entered, &thread);
	return 0;
}

char LICENSE[] SEC("license") = "GPL";
