// Fills a ring with records of 64 bytes.
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

// Writes until there is no room; answers how many records it wrote.
SEC("syscall")
int fill(void *context)
{
	int count = 0;

	bpf_loop(1 << 20, write_one, &count, 0);
	return count;
}

char LICENSE[] SEC("license") = "GPL";
