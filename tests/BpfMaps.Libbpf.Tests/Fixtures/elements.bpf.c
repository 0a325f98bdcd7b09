// An iterator over the elements of a map.
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 16);
	__type(key, __u32);
	__type(value, __u64);
} walked SEC(".maps");

#define KERNEL_TYPE __attribute__((preserve_access_index))

struct seq_file;
struct bpf_iter_meta { struct seq_file *seq; } KERNEL_TYPE;
struct bpf_iter__bpf_map_elem { struct bpf_iter_meta *meta; void *key; void *value; } KERNEL_TYPE;

struct element { __u32 key; __u32 padding; __u64 value; };

SEC("iter/bpf_map_elem")
int list_elements(struct bpf_iter__bpf_map_elem *ctx)
{
	struct seq_file *seq = ctx->meta->seq;
	struct element element = {};
	__u32 *key = ctx->key;
	__u64 *value = ctx->value;

	if (!key || !value)
		return 0;
	element.key = *key;
	element.value = *value;
	bpf_seq_write(seq, &element, sizeof(element));
	return 0;
}

char LICENSE[] SEC("license") = "GPL";
