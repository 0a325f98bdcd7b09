// Writes the records that the pages read: one to each ring per run.
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

struct exec_event {
	__u32 pid;
	__u64 started;
};

struct event_prefix {
	__u32 kind;
	__u32 pid;
};

struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, 1 << 20);
} exec_event SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, 1 << 20);
} event_prefix SEC(".maps");

__u32 runs = 0;

SEC("raw_tp")
int emit(void *ctx)
{
	struct exec_event event = { .pid = 1 };
	struct event_prefix prefix = { .kind = 1 + (runs++ & 1), .pid = 1 };

	bpf_ringbuf_output(&exec_event, &event, sizeof(event), 0);
	bpf_ringbuf_output(&event_prefix, &prefix, sizeof(prefix), 0);
	return 0;
}

char LICENSE[] SEC("license") = "GPL";
