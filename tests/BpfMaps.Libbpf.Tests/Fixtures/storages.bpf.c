// Values that belong to kernel objects: programs count on the objects that the process marks.
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

struct note {
	__u64 count;
	__u64 bytes;
};

struct {
	__uint(type, BPF_MAP_TYPE_SK_STORAGE);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__type(key, int);
	__type(value, struct note);
} sockets SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_INODE_STORAGE);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__type(key, int);
	__type(value, struct note);
} files SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_CGROUP_STORAGE);
	__type(key, struct bpf_cgroup_storage_key);
	__type(value, struct note);
} attached SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_CGROUP_STORAGE);
	__type(key, __u64);
	__type(value, struct note);
} attached_cpu SEC(".maps");

SEC("cgroup_skb/egress")
int on_packet(struct __sk_buff *skb)
{
	struct bpf_sock *socket = skb->sk;
	struct note *note = bpf_get_local_storage(&attached, 0);

	__sync_fetch_and_add(&note->count, 1);
	__sync_fetch_and_add(&note->bytes, skb->len);
	note = bpf_get_local_storage(&attached_cpu, 0);
	note->count++;
	note->bytes += skb->len;
	if (!socket)
		return 1;
	note = bpf_sk_storage_get(&sockets, socket, 0, 0);
	if (note) {
		__sync_fetch_and_add(&note->count, 1);
		__sync_fetch_and_add(&note->bytes, skb->len);
	}
	return 1;
}

char LICENSE[] SEC("license") = "GPL";
