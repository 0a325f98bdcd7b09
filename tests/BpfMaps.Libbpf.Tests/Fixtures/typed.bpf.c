// The object of the tests' generated class: variables in every section, typed maps, and a program that fills them.
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

enum verdict { PASS, DROP = 3 };

struct call_key { __u32 pid; char comm[16]; __be16 port; __u8 urgent : 1; __u8 level : 3; __u8 unused : 4; __u8 pad; };
struct call_stats { __u64 calls; __u64 last_number; enum verdict verdict; union { __u32 v4; __u8 v6[16]; }; };
struct per_cpu { __u64 calls; __u32 sizes[4]; char comm[12]; struct { __u32 hits; _Bool seen; } inner; __u16 errors : 12; };
struct prefix { __u32 length; __u8 data[4]; };

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 128);
	__type(key, struct call_key);
	__type(value, struct call_stats);
} calls SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, 2);
	__type(key, __u32);
	__type(value, struct per_cpu);
} cpus SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_LPM_TRIE);
	__uint(max_entries, 8);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__type(key, struct prefix);
	__type(value, __u32);
} routes SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 16);
	__type(key, __u32);
	__type(value, struct call_stats);
} own SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, 4096);
	__type(value, struct call_key);
} events SEC(".maps");

const volatile __u32 target_pid = 0;
const volatile __u64 target_number = 0;
const volatile _Bool is_enabled = 1;
__u64 total = 0;
__u32 histogram[8] = {};
struct call_stats last = {};
int limit = 1000;

SEC("raw_tp/sys_enter")
int on_enter(struct bpf_raw_tracepoint_args *ctx)
{
	struct call_key key = { .pid = bpf_get_current_pid_tgid() >> 32, .port = 0x5000, .urgent = 1, .level = 5 };
	struct call_stats first = { .calls = 1, .last_number = ctx->args[1], .verdict = DROP, .v4 = 7 }, *stats;
	__u32 zero = 0;
	struct per_cpu *cpu;

	if (!is_enabled || key.pid != target_pid || ctx->args[1] != target_number)
		return 0;
	__builtin_memcpy(key.comm, "typed", 6);
	total++;
	histogram[ctx->args[1] & 7]++;
	last.calls = total;
	last.verdict = DROP;
	limit--;
	stats = bpf_map_lookup_elem(&calls, &key);
	if (stats)
		stats->calls++;
	else
		bpf_map_update_elem(&calls, &key, &first, BPF_ANY);
	cpu = bpf_map_lookup_elem(&cpus, &zero);
	if (cpu) {
		cpu->calls++;
		cpu->sizes[3] += 2;
		cpu->inner.hits++;
		cpu->inner.seen = 1;
		cpu->errors = 5;
	}
	bpf_ringbuf_output(&events, &key, sizeof(key), 0);
	bpf_map_update_elem(&own, &key.pid, &first, BPF_ANY);
	return 0;
}

char LICENSE[] SEC("license") = "GPL";
