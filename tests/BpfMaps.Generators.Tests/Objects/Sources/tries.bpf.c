#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
/* Keys of tries: with a struct for the data, with one field, and without a struct. */
#define TRIE(n, k) struct { __uint(type, BPF_MAP_TYPE_LPM_TRIE); __uint(max_entries, 255); __uint(map_flags, BPF_F_NO_PREALLOC); __type(key, k); __type(value, __u32); } n SEC(".maps")
struct ipv4_lpm_key { __u32 prefixlen; __u32 data; };
struct be_key { __u32 prefixlen; __be32 addr; };
struct bytes_key { __u32 prefixlen; __u8 data[4]; };
struct tuple_key { __u32 prefixlen; __u16 zone; __u8 proto; __u8 pad; __be32 addr; };
struct gap_key { __u32 prefixlen; __u8 tenant; __u32 data; };
struct flow6 { __u32 len; struct { __u16 vrf; __u8 a[16]; } __attribute__((packed)) d; } __attribute__((packed));
TRIE(lpm_u32, struct ipv4_lpm_key);
TRIE(lpm_be, struct be_key);
TRIE(lpm_bytes, struct bytes_key);
TRIE(lpm_tuple, struct tuple_key);
TRIE(lpm_gap, struct gap_key);
TRIE(lpm_flow6, struct flow6);
struct { __uint(type, BPF_MAP_TYPE_LPM_TRIE); __uint(max_entries, 255); __uint(map_flags, BPF_F_NO_PREALLOC); __uint(key_size, 8); __uint(value_size, 4); } lpm_sizes SEC(".maps");

char LICENSE[] SEC("license") = "GPL";
