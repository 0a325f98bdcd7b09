// Drops packets of blocked networks, and of sources that send more than their limit, before the network stack sees them.
#include <linux/bpf.h>
#include <linux/if_ether.h>
#include <linux/in.h>
#include <linux/ip.h>
#include <linux/ipv6.h>
#include <bpf/bpf_endian.h>
#include <bpf/bpf_helpers.h>

#define SECOND 1000000000ull

enum action {
	ACTION_BLOCK = 1,
	ACTION_LIMIT = 2,
	ACTION_ALLOW = 3,
};

enum reason {
	REASON_BLOCKED = 1,
	REASON_LIMITED = 2,
};

// An IPv6 address; IPv4 addresses are mapped (::ffff:192.0.2.1).
struct address {
	__u8 bytes[16];
};

struct network4 {
	__u32 prefix_length;
	__be32 address;
};

struct network6 {
	__u32 prefix_length;
	__u8 address[16];
};

struct rule {
	__u64 packets; // dropped by this rule
	__u64 added;   // Unix time, s
	__u32 limit;   // packets per second and source
	__u16 action;
	__u16 origin;  // 1: blocklist file, 2: guardctl
};

struct source {
	__u64 packets;
	__u64 bytes;
	__u64 dropped;
	__u64 second;    // the last second with packets
	__u64 in_second; // packets in it
};

struct totals {
	__u64 passed;
	__u64 blocked;
	__u64 limited;
	__u64 unreported; // drops that did not fit into the ring
};

struct settings {
	__u32 limit;          // packets per second of sources without a rule; 0: no limit
	__u32 daemon;         // process id
	__u64 daemon_started; // clock ticks since boot, as in /proc/PID/stat
	char interface[16];   // the filter is attached to it
};

struct drop {
	__u64 at; // CLOCK_MONOTONIC, ns
	struct address source;
	struct address destination;
	__u32 length;
	__be16 port; // of the destination; 0: neither TCP nor UDP
	__u8 protocol;
	__u8 reason;
};

const struct drop *described_drop __attribute__((unused)); // the record of both rings, for the compiler to compare with C#

struct {
	__uint(type, BPF_MAP_TYPE_LPM_TRIE);
	__uint(max_entries, 65536);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__type(key, struct network4);
	__type(value, struct rule);
} rules4 SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_LPM_TRIE);
	__uint(max_entries, 65536);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__type(key, struct network6);
	__type(value, struct rule);
} rules6 SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_LRU_HASH);
	__uint(max_entries, 65536);
	__type(key, struct address);
	__type(value, struct source);
} sources SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct totals);
} totals SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct settings);
} settings SEC(".maps");

// For the daemon.
struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, 256 * 1024);
} drops SEC(".maps");

// A ring has one reader, so guardctl has its own: filled until the time (CLOCK_MONOTONIC, ns) that guardctl keeps moving while it reads.
struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, 64 * 1024);
} watched_drops SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, __u64);
} watched_until SEC(".maps");

static __always_inline struct source *find_source(const struct address *address)
{
	struct source *source = bpf_map_lookup_elem(&sources, address);
	struct source first = {};

	if (source)
		return source;
	bpf_map_update_elem(&sources, address, &first, BPF_NOEXIST);
	return bpf_map_lookup_elem(&sources, address);
}

// Counts a packet of a source, and whether it exceeds the limit. CPUs may count a few packets at the start of a second twice or not at all.
static __always_inline int exceeds(struct source *source, __u64 now, __u32 limit)
{
	__u64 second = now / SECOND;

	if (source->second != second) {
		source->second = second;
		source->in_second = 0;
	}
	return __sync_fetch_and_add(&source->in_second, 1) >= limit && limit;
}

static __always_inline void report(const struct drop *drop, struct totals *total)
{
	__u32 zero = 0;
	__u64 *until = bpf_map_lookup_elem(&watched_until, &zero);

	if (bpf_ringbuf_output(&drops, (void *)drop, sizeof(*drop), 0))
		total->unreported++;
	if (until && *until > drop->at)
		bpf_ringbuf_output(&watched_drops, (void *)drop, sizeof(*drop), 0);
}

static __always_inline void map4(struct address *address, __be32 ip)
{
	address->bytes[10] = address->bytes[11] = 0xff;
	__builtin_memcpy(address->bytes + 12, &ip, sizeof(ip));
}

// The port of the destination, at the same place for TCP and UDP.
static __always_inline __be16 find_port(void *transport, void *end, __u8 protocol)
{
	if ((protocol != IPPROTO_TCP && protocol != IPPROTO_UDP) || transport + 4 > end)
		return 0;
	return ((__be16 *)transport)[1];
}

SEC("xdp")
int filter(struct xdp_md *ctx)
{
	void *data = (void *)(long)ctx->data, *end = (void *)(long)ctx->data_end;
	struct drop drop = { .at = bpf_ktime_get_ns(), .length = end - data };
	struct ethhdr *ethernet = data;
	void *network = ethernet + 1;
	struct settings *setting;
	struct source *source;
	struct totals *total;
	struct rule *rule;
	__u32 zero = 0, limit;
	__be16 type;

	if (network > end)
		return XDP_PASS;
	type = ethernet->h_proto;
	for (int tags = 0; tags < 2 && (type == bpf_htons(ETH_P_8021Q) || type == bpf_htons(ETH_P_8021AD)); tags++) {
		__be16 *tag = network;

		network += 4;
		if (network > end)
			return XDP_PASS;
		type = tag[1];
	}

	if (type == bpf_htons(ETH_P_IP)) {
		struct iphdr *ip = network;
		struct network4 key = { .prefix_length = 32 };

		if ((void *)(ip + 1) > end)
			return XDP_PASS;
		key.address = ip->saddr;
		map4(&drop.source, ip->saddr);
		map4(&drop.destination, ip->daddr);
		drop.protocol = ip->protocol;
		if (ip->ihl == 5 && !(ip->frag_off & bpf_htons(0x1fff))) // ports behind options are not reported
			drop.port = find_port(ip + 1, end, ip->protocol);
		rule = bpf_map_lookup_elem(&rules4, &key);
	} else if (type == bpf_htons(ETH_P_IPV6)) {
		struct ipv6hdr *ip = network;
		struct network6 key = { .prefix_length = 128 };

		if ((void *)(ip + 1) > end)
			return XDP_PASS;
		__builtin_memcpy(key.address, &ip->saddr, sizeof(key.address));
		__builtin_memcpy(&drop.source, &ip->saddr, sizeof(drop.source));
		__builtin_memcpy(&drop.destination, &ip->daddr, sizeof(drop.destination));
		drop.protocol = ip->nexthdr;
		drop.port = find_port(ip + 1, end, ip->nexthdr);
		rule = bpf_map_lookup_elem(&rules6, &key);
	} else {
		return XDP_PASS;
	}

	total = bpf_map_lookup_elem(&totals, &zero);
	setting = bpf_map_lookup_elem(&settings, &zero);
	if (!total || !setting)
		return XDP_DROP; // cannot happen: elements of arrays always exist

	limit = !rule ? setting->limit : rule->action == ACTION_LIMIT ? rule->limit : 0;
	source = find_source(&drop.source);
	if (source) {
		__sync_fetch_and_add(&source->packets, 1);
		__sync_fetch_and_add(&source->bytes, drop.length);
		if (exceeds(source, drop.at, limit))
			drop.reason = REASON_LIMITED;
	}
	if (rule && rule->action == ACTION_BLOCK)
		drop.reason = REASON_BLOCKED;

	if (!drop.reason) {
		total->passed++;
		return XDP_PASS;
	}
	if (drop.reason == REASON_BLOCKED)
		total->blocked++;
	else
		total->limited++;
	if (rule)
		__sync_fetch_and_add(&rule->packets, 1);
	if (source)
		__sync_fetch_and_add(&source->dropped, 1);
	report(&drop, total);
	return XDP_DROP;
}

char LICENSE[] SEC("license") = "GPL";
