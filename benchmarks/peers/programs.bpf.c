// The programs' side of the rings: writes records of 64 bytes into one, and drains the other.
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

struct record {
	__u64 sequence;
	__u64 value;
	__u64 rest[6];
};

struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, 1 << 20);
} records SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_USER_RINGBUF);
	__uint(max_entries, 1 << 20);
} orders SEC(".maps");

static long write_one(__u32 i, int *count)
{
	struct record *record = bpf_ringbuf_reserve(&records, sizeof(*record), 0);

	if (!record)
		return 1;
	record->sequence = i;
	record->value = i * 3;
	bpf_ringbuf_submit(record, BPF_RB_NO_WAKEUP);
	(*count)++;
	return 0;
}

// Writes until the ring is full; returns the number of records written.
SEC("syscall")
int fill(void *context)
{
	int count = 0;

	bpf_loop(1 << 20, write_one, &count, 0);
	return count;
}

static long read_one(struct bpf_dynptr *record, void *context)
{
	return 0;
}

// Reads all records; returns their number.
SEC("syscall")
int drain(void *context)
{
	return bpf_user_ringbuf_drain(&orders, read_one, NULL, BPF_RB_NO_WAKEUP);
}

char LICENSE[] SEC("license") = "GPL";
