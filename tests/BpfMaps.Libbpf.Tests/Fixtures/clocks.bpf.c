// Stores what the clocks of programs say.
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

__u64 times[2];

SEC("socket")
int read_clocks(struct __sk_buff *packet)
{
	times[0] = bpf_ktime_get_ns();
	times[1] = bpf_ktime_get_boot_ns();
	return 0;
}

char LICENSE[] SEC("license") = "GPL";
