// All attributes of map definitions, and the other contents of an object: programs, variables, a license.
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

struct key { __u32 address; __u16 port; __u16 zone; };
struct stats { __u64 packets; __u64 bytes; };

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 65536);
	__uint(map_flags, BPF_F_NO_PREALLOC | BPF_F_NUMA_NODE);
	__uint(numa_node, 1);
	__uint(pinning, LIBBPF_PIN_BY_NAME);
	__type(key, struct key);
	__type(value, struct stats);
} flows SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, 4);
	__uint(key_size, 4);
	__uint(value_size, 24);
} sizes_only SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, 256 * 1024);
} events SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_BLOOM_FILTER);
	__uint(max_entries, 100);
	__uint(map_extra, 3);
	__type(value, __u64);
} seen SEC(".maps");

struct {
	__uint(type, 33);
	__uint(map_flags, BPF_F_MMAPABLE);
	__uint(max_entries, 10);
	enum { ARENA_ADDRESS = 0x40000000 } map_extra;
} arena SEC(".maps");

struct inner {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 16);
	__type(key, __u32);
	__type(value, struct stats);
} first SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_HASH_OF_MAPS);
	__uint(max_entries, 8);
	__type(key, __u64);
	__array(values, struct inner);
} outer SEC(".maps") = { .values = { &first } };

int handle(void *context);

struct {
	__uint(type, BPF_MAP_TYPE_PROG_ARRAY);
	__uint(max_entries, 2);
	__uint(key_size, 4);
	__array(values, int (void *));
} tails SEC(".maps") = { .values = { [1] = (void *)&handle } };

const volatile int target_pid = 42;
const volatile struct key filter = {};
int enabled = 1;
__u64 counters[4];
static __u32 private_count;
struct stats totals SEC(".data.custom") = { 1, 2 };

static __attribute__((noinline)) int helper(int value) { return value + target_pid + filter.port; }

int subprogram(int value) { return value * enabled; }

SEC("raw_tp/sys_enter")
int handle(void *context)
{
	struct key key = { .port = helper(3) };
	struct stats *stats = bpf_map_lookup_elem(&flows, &key);
	counters[private_count++ & 3] += subprogram(2) + totals.bytes;
	if (stats)
		stats->packets++;
	bpf_tail_call(context, &tails, 1);
	return 0;
}

SEC("xdp")
int drop(void *context) { return XDP_DROP; }

char LICENSE[] SEC("license") = "Dual MIT/GPL";
