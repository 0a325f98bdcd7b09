// Counts system calls by process and outcome. The types and the map are declared in C#: see ../../Contract/SystemCalls.cs.
#include "Contract.bpf.h"

SEC("raw_tp/sys_exit")
int on_exit(struct bpf_raw_tracepoint_args *ctx)
{
	long result = ctx->args[1];
	struct system_calls_key key = {
		.process_id = bpf_get_current_pid_tgid() >> 32,
		.outcome = result < 0 ? OUTCOME_FAILED : OUTCOME_SUCCEEDED,
	};
	struct system_calls none = {}, *calls = bpf_map_lookup_elem(&system_calls, &key);

	if (!calls) {
		bpf_map_update_elem(&system_calls, &key, &none, BPF_NOEXIST);
		calls = bpf_map_lookup_elem(&system_calls, &key);
		if (!calls)
			return 0;
	}
	__sync_fetch_and_add(&calls->count, 1);
	calls->last = bpf_ktime_get_ns();
	bpf_get_current_comm(calls->command, sizeof(calls->command));
	return 0;
}

char LICENSE[] SEC("license") = "GPL";
