// Counts the packets that leave a cgroup: by attachment, by CPU, and by socket.
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

struct note {
	__u64 packets;
	__u64 bytes;
};

struct {
	__uint(type, BPF_MAP_TYPE_CGROUP_STORAGE);
	__type(key, struct bpf_cgroup_storage_key);
	__type(value, struct note);
} groups SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_CGROUP_STORAGE);
	__type(key, __u64);
	__type(value, struct note);
} group_cpus SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_SK_STORAGE);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__type(key, int);
	__type(value, struct note);
} sockets SEC(".maps");

static __always_inline void count(struct note *note, __u32 length)
{
	__sync_fetch_and_add(&note->packets, 1);
	__sync_fetch_and_add(&note->bytes, length);
}

SEC("cgroup_skb/egress")
int on_egress(struct __sk_buff *packet)
{
	struct bpf_sock *socket = packet->sk;
	struct note *note;

	count(bpf_get_local_storage(&groups, 0), packet->len);
	count(bpf_get_local_storage(&group_cpus, 0), packet->len);
	if (!socket)
		return 1;
	socket = bpf_sk_fullsock(socket);
	if (!socket)
		return 1;
	note = bpf_sk_storage_get(&sockets, socket, 0, BPF_SK_STORAGE_GET_F_CREATE);
	if (note)
		count(note, packet->len);
	return 1;
}

char LICENSE[] SEC("license") = "GPL";
