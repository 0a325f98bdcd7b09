// Programs that select sockets and control what they send and receive.
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

struct {
	__uint(type, BPF_MAP_TYPE_SOCKMAP);
	__uint(max_entries, 4);
	__type(key, __u32);
	__type(value, __u64);
} sockets SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_SOCKHASH);
	__uint(max_entries, 4);
	__type(key, __u32);
	__type(value, __u64);
} senders SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_REUSEPORT_SOCKARRAY);
	__uint(max_entries, 4);
	__type(key, __u32);
	__type(value, __u64);
} sharers SEC(".maps");

const volatile __u32 steered_port = 0;
__u64 sent_bytes = 0;

// Directs a connection to the steered port to the first socket of the map, regardless of its port.
SEC("sk_lookup")
int on_lookup(struct bpf_sk_lookup *ctx)
{
	__u32 first = 0;
	struct bpf_sock *socket;
	long error;

	if (ctx->local_port != steered_port)
		return SK_PASS;
	socket = bpf_map_lookup_elem(&sockets, &first);
	if (!socket)
		return SK_PASS;
	error = bpf_sk_assign(ctx, socket, 0);
	bpf_sk_release(socket);
	return error ? SK_DROP : SK_PASS;
}

// Returns received data to its sender.
SEC("sk_skb/stream_verdict")
int on_received(struct __sk_buff *skb)
{
	return bpf_sk_redirect_map(skb, &sockets, 0, 0);
}

SEC("sk_msg")
int on_sent(struct sk_msg_md *message)
{
	__sync_fetch_and_add(&sent_bytes, message->size);
	return SK_PASS;
}

// Directs everything to the second socket.
SEC("sk_reuseport")
int on_choice(struct sk_reuseport_md *ctx)
{
	__u32 second = 1;

	return bpf_sk_select_reuseport(ctx, &sharers, &second, 0) ? SK_DROP : SK_PASS;
}

SEC("xdp")
int other(struct xdp_md *ctx)
{
	return XDP_PASS;
}

char LICENSE[] SEC("license") = "GPL";
