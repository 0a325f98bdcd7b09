// A pinned map whose shape depends on the version of the program.
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

#ifndef VERSION
#define VERSION 1
#endif

struct limits {
#if VERSION == 2
	__u32 rate;
	__u32 burst;
	__u64 last_seen;
#else
	__u64 rate;
	__u64 last_seen;
#endif
#if VERSION == 3
	__u64 added;
#endif
};

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
#if VERSION == 3
	__uint(max_entries, 32);
#else
	__uint(max_entries, 16);
#endif
	__type(key, __u32);
	__type(value, struct limits);
	__uint(pinning, LIBBPF_PIN_BY_NAME);
} limits SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, 4096);
	__uint(pinning, LIBBPF_PIN_BY_NAME);
} drops SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_PERF_EVENT_ARRAY);
	__uint(key_size, 4);
	__uint(value_size, 4);
	__uint(pinning, LIBBPF_PIN_BY_NAME);
} events SEC(".maps");

SEC("socket")
int limit(struct __sk_buff *skb)
{
	__u32 key = 0;
	struct limits *limit = bpf_map_lookup_elem(&limits, &key);

	return limit ? limit->last_seen : 0;
}

char LICENSE[] SEC("license") = "GPL";
