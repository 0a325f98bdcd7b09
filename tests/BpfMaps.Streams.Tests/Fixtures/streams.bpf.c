// Writes records into streams on demand: a test runs each program, which returns the number of records that it wrote.
#include <linux/bpf.h>
#include <linux/pkt_cls.h>
#include <bpf/bpf_helpers.h>

struct event {
	__u64 sequence;
	__u64 value;
};

struct orders {
	__u64 first;	// the sequence of the first record
	__u32 count;	// the number of records to try
	__u32 size;	// the size of a record, for programs with a variable size
	__u64 flags;	// the flags of the helper that submits
};

struct started {
	__u32 kind;
	__u32 pid;
	__u64 inode;
	char command[16];
};

struct ended {
	__u32 kind;
	__u32 pid;
	__s32 code;
};

struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, 4096);
} events SEC(".maps");

struct written {
	struct orders *orders;
	int count;
};

static long write_one(__u32 i, struct written *done)
{
	struct event *event = bpf_ringbuf_reserve(&events, sizeof(*event), 0);

	if (!event)
		return 1;
	event->sequence = done->orders->first + i;
	event->value = event->sequence * 3;
	bpf_ringbuf_submit(event, done->orders->flags);
	done->count++;
	return 0;
}

// Stops at the first record that does not fit.
SEC("syscall")
int produce(struct orders *orders)
{
	struct orders copy = *orders;
	struct written done = { .orders = &copy };

	bpf_loop(copy.count, write_one, &done, 0);
	return done.count;
}

static long write_or_drop(__u32 i, struct written *done)
{
	return write_one(i, done) & 0;
}

// Drops records that do not fit and continues.
SEC("syscall")
int produce_dropping(struct orders *orders)
{
	struct orders copy = *orders;
	struct written done = { .orders = &copy };

	bpf_loop(copy.count, write_or_drop, &done, 0);
	return done.count;
}

static long write_every_second(__u32 i, struct written *done)
{
	struct event *event = bpf_ringbuf_reserve(&events, sizeof(*event), 0);

	if (!event)
		return 1;
	event->sequence = done->orders->first + i;
	event->value = event->sequence * 3;
	if (i & 1) {
		bpf_ringbuf_discard(event, done->orders->flags);
		return 0;
	}
	bpf_ringbuf_submit(event, done->orders->flags);
	done->count++;
	return 0;
}

// Every second record is discarded.
SEC("syscall")
int produce_discarding(struct orders *orders)
{
	struct orders copy = *orders;
	struct written done = { .orders = &copy };

	bpf_loop(copy.count, write_every_second, &done, 0);
	return done.count;
}

char bytes[4096];

// Writes one record of any size below 4096. Its bytes count up from the low byte of `first`.
SEC("syscall")
int produce_bytes(struct orders *orders)
{
	__u32 size = orders->size & 4095;

	for (int i = 0; i < 4096; i++)
		bytes[i] = orders->first + i;
	return !bpf_ringbuf_output(&events, bytes, size, orders->flags);
}

struct queried {
	__u64 available;
	__u64 size;
	__u64 consumer_position;
	__u64 producer_position;
};

struct queried queried SEC(".bss.queried") = {};

// Queries the ring.
SEC("syscall")
int query(struct orders *orders)
{
	queried.available = bpf_ringbuf_query(&events, BPF_RB_AVAIL_DATA);
	queried.size = bpf_ringbuf_query(&events, BPF_RB_RING_SIZE);
	queried.consumer_position = bpf_ringbuf_query(&events, BPF_RB_CONS_POS);
	queried.producer_position = bpf_ringbuf_query(&events, BPF_RB_PROD_POS);
	return 0;
}

// Writes records of two types alternately.
SEC("syscall")
int produce_kinds(struct orders *orders)
{
	int count = 0;

	for (__u32 i = 0; i < 64 && i < orders->count; i++) {
		if (i & 1) {
			struct ended ended = { .kind = 2, .pid = orders->first + i, .code = -(int)i };

			count += !bpf_ringbuf_output(&events, &ended, sizeof(ended), 0);
		} else {
			struct started started = { .kind = 1, .pid = orders->first + i, .inode = i * 100, .command = "command" };

			count += !bpf_ringbuf_output(&events, &started, sizeof(started), 0);
		}
	}
	return count;
}

struct {
	__uint(type, BPF_MAP_TYPE_USER_RINGBUF);
	__uint(max_entries, 4096);
} requests SEC(".maps");

struct drained {
	__u64 count;
	__u64 checksum;
	__u64 last;
	__u64 bytes;
	__u64 out_of_order;
};

struct drained drained SEC(".bss.drained") = {};

static long take_request(struct bpf_dynptr *request, struct orders *orders)
{
	struct event event = {};

	drained.count++;
	if (bpf_dynptr_read(&event, sizeof(event), request, 0, 0))
		return 0;
	if (event.sequence != drained.last + 1)
		drained.out_of_order++;
	drained.last = event.sequence;
	drained.checksum += event.value;
	return orders->first && event.sequence == orders->first;
}

// Consumes what user space wrote, all of it or up to the event with the sequence `first`.
SEC("syscall")
int drain(struct orders *orders)
{
	struct orders copy = *orders;

	return bpf_user_ringbuf_drain(&requests, take_request, &copy, copy.flags);
}

static long take_bytes(struct bpf_dynptr *request, void *context)
{
	drained.count++;
	for (int i = 0; i < 4096; i++) {
		__u8 byte;

		if (bpf_dynptr_read(&byte, 1, request, i, 0))
			break;
		drained.bytes++;
		drained.checksum += (__u64)byte * (i + 1);
	}
	return 0;
}

// Consumes records of any size.
SEC("syscall")
int drain_bytes(struct orders *orders)
{
	return bpf_user_ringbuf_drain(&requests, take_bytes, 0, orders->flags);
}

struct {
	__uint(type, BPF_MAP_TYPE_PERF_EVENT_ARRAY);
	__uint(key_size, 4);
	__uint(value_size, 4);
} samples SEC(".maps");

struct orders sample_orders SEC(".bss.orders") = {};

// Writes samples on its CPU, as specified by sample_orders.
SEC("tc")
int produce_samples(struct __sk_buff *skb)
{
	int count = 0;

	for (__u32 i = 0; i < 256 && i < sample_orders.count; i++) {
		struct event event = { .sequence = sample_orders.first + i, .value = (sample_orders.first + i) * 3 };
		__u32 size = sample_orders.size & 4095;

		if (size) {
			bytes[0] = event.sequence;
			count += !bpf_perf_event_output(skb, &samples, BPF_F_CURRENT_CPU, bytes, size);
		} else {
			count += !bpf_perf_event_output(skb, &samples, BPF_F_CURRENT_CPU, &event, sizeof(event));
		}
	}
	return count;
}

char LICENSE[] SEC("license") = "GPL";
