// The maps of the tests of the tool, of all shapes that people type entries of.
#include <linux/bpf.h>
#include <linux/in6.h>
#include <linux/types.h>
#include <bpf/bpf_helpers.h>

enum state { STATE_NEW = 1, STATE_OPEN = 2, STATE_CLOSED = 7 };

struct flow_key {
	__be32 address;
	__be16 port;
	__u16 padding;
};

struct flow {
	__u64 packets;
	__u64 bytes;
	enum state state;
	char comm[16];
	_Bool is_local;
	__u8 flags : 3;
	__u8 level : 5;
	__s16 delta;
	struct in6_addr peer;
	__u8 mac[6];
	__u16 slots[5];
	union {
		__u32 mark;
		__u8 mark_bytes[4];
	};
	struct {
		__u32 x;
		__s32 y;
	} place;
	__u32 packed_tail;
};

struct network {
	__u32 prefixlen;
	__u8 data[4];
};

struct counter {
	__u64 hits;
	double load;
	char name[8];
};

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__type(key, struct flow_key);
	__type(value, struct flow);
	__uint(max_entries, 64);
} flows SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__type(key, __u32);
	__type(value, __u64);
	__uint(max_entries, 4);
} numbers SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_HASH);
	__type(key, __u32);
	__type(value, struct counter);
	__uint(max_entries, 16);
} counters SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_LPM_TRIE);
	__type(key, struct network);
	__type(value, __u32);
	__uint(max_entries, 16);
	__uint(map_flags, BPF_F_NO_PREALLOC);
} networks SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_QUEUE);
	__uint(value_size, 4);
	__uint(max_entries, 4);
} jobs SEC(".maps");

char LICENSE[] SEC("license") = "GPL";
