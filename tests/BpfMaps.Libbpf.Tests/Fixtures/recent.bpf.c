// Maps of types that older kernels do not have.
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

// The headers of distributions do not define these types yet.
#define MAP_TYPE_CGRP_STORAGE 32
#define MAP_TYPE_ARENA 33

struct note { __u64 count; __u32 reason; };

struct {
	__uint(type, BPF_MAP_TYPE_TASK_STORAGE);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__type(key, int);
	__type(value, struct note);
} task_notes SEC(".maps");

struct {
	__uint(type, MAP_TYPE_CGRP_STORAGE);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__type(key, int);
	__type(value, struct note);
} group_notes SEC(".maps");

struct {
	__uint(type, MAP_TYPE_ARENA);
	__uint(max_entries, 4);
	__uint(map_flags, BPF_F_MMAPABLE);
} memory SEC(".maps");

char LICENSE[] SEC("license") = "GPL";
