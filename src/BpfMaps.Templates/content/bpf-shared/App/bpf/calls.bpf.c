// Counts system calls by process. The types and the map are declared in C#: see ../../Types/CallStats.cs.
#include "BpfShared1.Types.bpf.h"

SEC("raw_tp/sys_enter")
int on_enter(void *ctx)
{
	__u32 process = bpf_get_current_pid_tgid() >> 32;
	struct call_stats none = {}, *stats = bpf_map_lookup_elem(&call_stats, &process);

	if (!stats) {
		bpf_map_update_elem(&call_stats, &process, &none, BPF_NOEXIST);
		stats = bpf_map_lookup_elem(&call_stats, &process);
		if (!stats)
			return 0;
	}
	__sync_fetch_and_add(&stats->count, 1);
	stats->last = bpf_ktime_get_ns();
	bpf_get_current_comm(stats->command, sizeof(stats->command));
	return 0;
}

char LICENSE[] SEC("license") = "GPL";
