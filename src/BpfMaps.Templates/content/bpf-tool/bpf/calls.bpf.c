// Counts system calls by command.
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

struct command {
	char name[16];
};

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 4096);
	__type(key, struct command);
	__type(value, __u64);
} calls SEC(".maps");

SEC("raw_tp/sys_enter")
int on_enter(void *ctx)
{
	struct command command = {};
	__u64 one = 1, *count;

	bpf_get_current_comm(command.name, sizeof(command.name));
	count = bpf_map_lookup_elem(&calls, &command);
	if (count)
		__sync_fetch_and_add(count, 1);
	else
		bpf_map_update_elem(&calls, &command, &one, BPF_NOEXIST);
	return 0;
}

char LICENSE[] SEC("license") = "GPL";
