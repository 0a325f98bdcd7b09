// What BpfMaps.Queries asks the kernel, written by hand: many lookups in one run, and a count of the elements that fulfill a condition.
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

#define LOOKUPS 4096

struct traffic {
	__u64 packets;
	__u64 bytes;
};

// A key, and what was found. The same structure as in queries.c.
struct lookup {
	__u32 key;
	__u32 present;
	struct traffic value;
};

// The benchmark replaces this map by its own.
struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct traffic);
} counters SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(map_flags, BPF_F_MMAPABLE);
	__uint(max_entries, LOOKUPS);
	__type(key, __u32);
	__type(value, struct lookup);
} lookups SEC(".maps");

struct count {
	__u64 limit;
	__u64 found;
};

static long look_up(void *map, __u32 *index, struct lookup *lookup, void *context)
{
	struct traffic *value = bpf_map_lookup_elem(&counters, &lookup->key);

	if (!value)
		return 0;
	lookup->value = *value;
	lookup->present = 1;
	return 0;
}

SEC("syscall")
int get_values(void *context)
{
	bpf_for_each_map_elem(&lookups, look_up, NULL, 0);
	return 0;
}

static long count_element(void *map, __u32 *key, struct traffic *value, struct count *count)
{
	if (value->packets < count->limit)
		count->found++;
	return 0;
}

// Counts the elements with fewer packets than the limit.
SEC("syscall")
int count_below(struct count *context)
{
	struct count count = { .limit = context->limit };

	bpf_for_each_map_elem(&counters, count_element, &count, 0);
	context->found = count.found;
	return 0;
}

char LICENSE[] SEC("license") = "GPL";
