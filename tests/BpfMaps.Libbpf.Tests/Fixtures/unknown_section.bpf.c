// A section that no version of libbpf knows.
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

SEC("newer_than_libbpf")
int program(void *ctx)
{
	return 0;
}

char LICENSE[] SEC("license") = "GPL";
