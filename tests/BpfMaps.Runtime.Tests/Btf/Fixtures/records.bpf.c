// Types that no map names: the program's own, and those of the kernel that it only looks at.
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_core_read.h>

enum kinds { KIND_OPEN = 1, KIND_CLOSE = 2 };
enum wide { WIDE_SMALL = 1, WIDE_LARGE = 0x1234567890 };
typedef struct { __u16 low, high; } range_t;
struct event { __u32 pid; __u16 kind; range_t range; char comm[16]; };

struct { __uint(type, BPF_MAP_TYPE_RINGBUF); __uint(max_entries, 4096); } events SEC(".maps");
struct { __uint(type, BPF_MAP_TYPE_HASH); __uint(max_entries, 4); __type(key, __u32); __type(value, enum wide); } wides SEC(".maps");

const struct event *unused_event __attribute__((unused));
const enum kinds *unused_kinds[2] __attribute__((unused));

// As vmlinux.h has them.
#pragma clang attribute push(__attribute__((preserve_access_index)), apply_to = record)
struct mm_struct { int map_count; };
struct task_struct { int pid; struct mm_struct *mm; struct { int inner; } inside; };
#pragma clang attribute pop

SEC("xdp")
int emit(struct xdp_md *ctx)
{
	struct event *event = bpf_ringbuf_reserve(&events, sizeof(*event), 0);
	struct task_struct *task = (void *)bpf_get_current_task();

	if (!event)
		return 1;
	event->pid = BPF_CORE_READ(task, pid) + BPF_CORE_READ(task, mm, map_count) + ctx->ingress_ifindex;
	event->kind = KIND_CLOSE;
	bpf_ringbuf_submit(event, 0);
	return 0;
}

char LICENSE[] SEC("license") = "GPL";
