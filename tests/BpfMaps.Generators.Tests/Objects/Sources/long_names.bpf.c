#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
/* Names that the kernel cuts, two of them to one. */
#define MAP(n, t, k, v) struct { __uint(type, BPF_MAP_TYPE_##t); __uint(max_entries, 16); __type(key, k); __type(value, v); } n SEC(".maps")

MAP(libc_malloc_calls_total, HASH, __u32, __u64);
MAP(libc_malloc_calls_count, HASH, __u32, __u32);
MAP(exactly_15_long, HASH, __u32, __u64);
MAP(a_name_with_a_tail_map, HASH, __u32, __u64);
struct inner_of_a_very_long_name { __uint(type, BPF_MAP_TYPE_ARRAY); __uint(max_entries, 4); __type(key, __u32); __type(value, __u64); };
struct { __uint(type, BPF_MAP_TYPE_ARRAY_OF_MAPS); __uint(max_entries, 4); __type(key, __u32); __array(values, struct inner_of_a_very_long_name); } outer_map_with_a_long_name SEC(".maps");

char LICENSE[] SEC("license") = "GPL";
