#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
/* Keys without a struct around the length of the prefix, and with a head. */
#define TRIE(n, k) struct { __uint(type, BPF_MAP_TYPE_LPM_TRIE); __uint(max_entries, 255); __uint(map_flags, BPF_F_NO_PREALLOC); __type(key, k); __type(value, __u32); } n SEC(".maps")
union ukey { __u32 w[2]; __u8 b[8]; };
struct named_key { struct bpf_lpm_trie_key trie; __u8 data[16]; };
typedef __u8 eight[8];
TRIE(lpm_union, union ukey);
TRIE(lpm_arr, eight);
TRIE(lpm_u64, __u64);
TRIE(lpm_head, struct named_key);

char LICENSE[] SEC("license") = "GPL";
