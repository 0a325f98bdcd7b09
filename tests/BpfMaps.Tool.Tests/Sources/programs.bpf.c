// Programs and maps for the tests of the commands that watch.
#include <linux/bpf.h>
#include <linux/types.h>
#include <bpf/bpf_helpers.h>

#define SLOTS 12

enum kind { KIND_OPEN = 1, KIND_CLOSE = 2 };

struct event {
	__u64 number;
	enum kind kind;
	char comm[16];
};

struct times {
	__u64 count;
	__u32 slots[SLOTS];
};

struct latency_key {
	__u32 device;
	__u32 bucket;
};

struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, 4096);
} events SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_PERF_EVENT_ARRAY);
	__uint(key_size, 4);
	__uint(value_size, 4);
} samples SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__type(key, __u32);
	__type(value, struct times);
	__uint(max_entries, 2);
} times SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__type(key, struct latency_key);
	__type(value, __u64);
	__uint(max_entries, 64);
} latency SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__type(key, __u32);
	__type(value, __u64);
	__uint(max_entries, 1);
} calls SEC(".maps");

// So that the type of the records is in the object.
const struct event *unused_event __attribute__((unused));

static __always_inline void fill(struct event *event, __u64 number)
{
	event->number = number;
	event->kind = KIND_CLOSE;
	__builtin_memset(event->comm, 0, sizeof(event->comm));
	event->comm[0] = 'o';
	event->comm[1] = 'k';
}

SEC("raw_tp/sys_enter")
int to_ring(struct bpf_raw_tracepoint_args *ctx)
{
	struct event *event = bpf_ringbuf_reserve(&events, sizeof(*event), 0);
	if (!event)
		return 1;
	fill(event, ctx->args[0]);
	bpf_ringbuf_submit(event, 0);
	return 0;
}

SEC("raw_tp/sys_enter")
int to_perf(struct bpf_raw_tracepoint_args *ctx)
{
	struct event event;
	fill(&event, ctx->args[0]);
	return bpf_perf_event_output(ctx, &samples, BPF_F_CURRENT_CPU, &event, sizeof(event));
}

SEC("raw_tp/sys_enter")
int count(void *ctx)
{
	__u32 first = 0;
	__u64 *calls_here = bpf_map_lookup_elem(&calls, &first);
	if (calls_here)
		(*calls_here)++;
	return 0;
}

char LICENSE[] SEC("license") = "GPL";
