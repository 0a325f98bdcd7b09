#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
/* What a loader makes of it is not what the object says: indices that are signed, and sizes of rings. */
#define MAP(n, t, k, v) struct { __uint(type, BPF_MAP_TYPE_##t); __uint(max_entries, 16); __type(key, k); __type(value, v); } n SEC(".maps")

struct value { __u64 packets; __u32 last; };
MAP(int_array, ARRAY, int, struct value);
MAP(int_percpu, PERCPU_ARRAY, int, __u64);
struct { __uint(type, BPF_MAP_TYPE_RINGBUF); __uint(max_entries, 100000); __type(value, struct value); } odd_ring SEC(".maps");
struct { __uint(type, BPF_MAP_TYPE_RINGBUF); __uint(max_entries, 5000); } small_ring SEC(".maps");
struct { __uint(type, BPF_MAP_TYPE_PERF_EVENT_ARRAY); __type(key, int); __type(value, int); __uint(max_entries, 128); } int_perf SEC(".maps");
struct { __uint(type, BPF_MAP_TYPE_CGROUP_ARRAY); __uint(max_entries, 8); __type(key, int); __type(value, __u32); } cgroups SEC(".maps");
struct { __uint(type, BPF_MAP_TYPE_DEVMAP); __uint(max_entries, 8); __type(key, int); __type(value, struct bpf_devmap_val); } devs SEC(".maps");
struct { __uint(type, BPF_MAP_TYPE_XSKMAP); __uint(max_entries, 8); __type(key, int); __type(value, int); } xsks SEC(".maps");
struct { __uint(type, BPF_MAP_TYPE_SOCKMAP); __uint(max_entries, 8); __type(key, int); __type(value, __u64); } socks SEC(".maps");
struct { __uint(type, BPF_MAP_TYPE_REUSEPORT_SOCKARRAY); __uint(max_entries, 8); __type(key, int); __type(value, __u64); } reuse SEC(".maps");
struct inner { __uint(type, BPF_MAP_TYPE_ARRAY); __uint(max_entries, 4); __type(key, int); __type(value, struct value); };
struct { __uint(type, BPF_MAP_TYPE_ARRAY_OF_MAPS); __uint(max_entries, 4); __type(key, int); __array(values, struct inner); } arrays SEC(".maps");

char LICENSE[] SEC("license") = "GPL";
