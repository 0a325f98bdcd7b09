// Members and types that a C compiler takes and C# has no counterpart for, or no obvious one.
#include <linux/bpf.h>
#include <stdbool.h>
#include <bpf/bpf_helpers.h>

#define HASH(name, type_of_value) \
	struct { \
		__uint(type, BPF_MAP_TYPE_HASH); \
		__uint(max_entries, 1); \
		__type(key, __u32); \
		__type(value, type_of_value); \
	} name SEC(".maps")

// Members of no bytes.
struct marked { __u32 a; __u8 marker[0]; __u64 b; };
struct ended { __u32 a; __u32 b; __u8 end[0]; };
struct named_min { union { char name_min[14]; struct {} nothing; char name[0]; }; __u16 port; };
struct hollow { __u32 a; union {}; struct {} none[3]; __u32 b; };
struct aligned_end { __u32 a; __u32 b; __u64 words[0]; };
struct flexible { __u32 length; __u8 data[]; };
struct holds_flexible { __u64 at; struct flexible tail; };
HASH(marks, struct marked);
HASH(ends, struct ended);
HASH(names, struct named_min);
HASH(hollows, struct hollow);
HASH(aligned_ends, struct aligned_end);
HASH(flexibles, struct flexible);
HASH(tails, struct holds_flexible);

struct marked global_mark;
struct flexible initialized = { 4, { 1, 2, 3, 4 } };

// Numbers in network order.
typedef __be32 ip4_t;
typedef ip4_t source_t;
struct { __uint(type, BPF_MAP_TYPE_HASH); __uint(max_entries, 1); __type(key, __be32); __type(value, __be64); } addresses SEC(".maps");
struct { __uint(type, BPF_MAP_TYPE_HASH); __uint(max_entries, 1); __type(key, source_t); __type(value, __be16[2]); } ports SEC(".maps");
struct { __uint(type, BPF_MAP_TYPE_HASH); __uint(max_entries, 1); __type(key, const __be16); __type(value, volatile ip4_t[4]); } sources SEC(".maps");
struct {
	__uint(type, BPF_MAP_TYPE_HASH_OF_MAPS);
	__uint(max_entries, 1);
	__type(key, __be16);
	__array(values, struct { __uint(type, BPF_MAP_TYPE_HASH); __uint(max_entries, 1); __type(key, __be32); __type(value, ip4_t); });
} inner_addresses SEC(".maps");
const volatile source_t filter;
__be16 filter_ports[2];

// Bitfields of small types.
enum three { ONE, TWO, THREE };
struct small_bits {
	char a : 1;
	char b : 3;
	signed char c : 2;
	_Bool d : 1;
	bool e : 1;
	short f : 5;
	unsigned short g : 9;
	enum three h : 2;
	__be16 i : 4;
};
HASH(bits, struct small_bits);

// Maps without keys that name one of no bytes.
struct { __uint(type, BPF_MAP_TYPE_QUEUE); __uint(max_entries, 10); __uint(key, 0); __type(value, __u32); } queue SEC(".maps");
struct { __uint(type, BPF_MAP_TYPE_STACK); __uint(max_entries, 10); __uint(key_size, 0); __type(value, __u64); } stack SEC(".maps");
struct { __uint(type, BPF_MAP_TYPE_BLOOM_FILTER); __uint(max_entries, 10); __type(key, struct {}); __type(value, __u32); } bloom SEC(".maps");

// Keys of tries with the kernel's own head.
struct headed { struct bpf_lpm_trie_key header; __u8 address[4]; };
struct { __uint(type, BPF_MAP_TYPE_LPM_TRIE); __uint(max_entries, 8); __uint(map_flags, BPF_F_NO_PREALLOC); __type(key, struct headed); __type(value, __u32); } routes SEC(".maps");

// Sizes that programs set before the load.
struct { __uint(type, BPF_MAP_TYPE_STACK_TRACE); __uint(key_size, sizeof(__u32)); } stacks SEC(".maps");

char LICENSE[] SEC("license") = "GPL";
