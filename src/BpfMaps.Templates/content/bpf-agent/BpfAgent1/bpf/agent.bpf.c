// Writes an event for each program that starts, and counts them by command.
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

struct start_key {
	char command[16];
};

struct start_count {
	__u64 count;
};

struct start_event {
	__u32 process_id;
	char command[16];
};

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 4096);
	__type(key, struct start_key);
	__type(value, struct start_count);
} starts SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, 262144);
} events SEC(".maps");

SEC("raw_tp/sched_process_exec")
int on_exec(void *ctx)
{
	struct start_key key = {};
	struct start_count one = { .count = 1 }, *count;
	struct start_event event = { .process_id = bpf_get_current_pid_tgid() >> 32 };

	bpf_get_current_comm(key.command, sizeof(key.command));
	count = bpf_map_lookup_elem(&starts, &key);
	if (count)
		__sync_fetch_and_add(&count->count, 1);
	else
		bpf_map_update_elem(&starts, &key, &one, BPF_NOEXIST);

	__builtin_memcpy(event.command, key.command, sizeof(event.command));
	bpf_ringbuf_output(&events, &event, sizeof(event), 0);
	return 0;
}

char LICENSE[] SEC("license") = "GPL";
