// Programs that record their cookies, iterators, and a congestion control.
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_tracing.h>

const volatile __u32 watched_pid = 0;
__u64 tracepoint_cookie = 0;
__u64 raw_cookie = 0;
__u64 typed_cookie = 0;
__u64 typed_calls = 0;
__u64 uprobe_cookie = 0;

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 16);
	__type(key, __u32);
	__type(value, __u64);
} walked SEC(".maps");

static __always_inline int is_watched(void)
{
	return (__u32)(bpf_get_current_pid_tgid() >> 32) == watched_pid;
}

SEC("tracepoint")
int on_tracepoint(void *ctx)
{
	if (is_watched())
		tracepoint_cookie = bpf_get_attach_cookie(ctx);
	return 0;
}

SEC("raw_tp")
int on_raw(struct bpf_raw_tracepoint_args *ctx)
{
	if (is_watched())
		raw_cookie = bpf_get_attach_cookie(ctx);
	return 0;
}

SEC("tp_btf")
int on_typed(__u64 *ctx)
{
	if (is_watched()) {
		__sync_fetch_and_add(&typed_calls, 1);
		typed_cookie = bpf_get_attach_cookie(ctx);
	}
	return 0;
}

SEC("uprobe")
int on_function(struct pt_regs *ctx)
{
	uprobe_cookie = bpf_get_attach_cookie(ctx);
	return 0;
}

SEC("xdp")
int on_packet(struct xdp_md *ctx)
{
	return XDP_PASS;
}

#define KERNEL_TYPE __attribute__((preserve_access_index))

struct seq_file;
struct bpf_iter_meta { struct seq_file *seq; } KERNEL_TYPE;
struct bpf_map { __u32 id; __u32 max_entries; } KERNEL_TYPE;
struct bpf_iter__bpf_map { struct bpf_iter_meta *meta; struct bpf_map *map; } KERNEL_TYPE;

SEC("iter/bpf_map")
int list_maps(struct bpf_iter__bpf_map *ctx)
{
	struct seq_file *seq = ctx->meta->seq;
	struct bpf_map *map = ctx->map;

	if (!map)
		return 0;
	BPF_SEQ_PRINTF(seq, "map %d %d\n", map->id, map->max_entries);
	return 0;
}

char LICENSE[] SEC("license") = "GPL";
