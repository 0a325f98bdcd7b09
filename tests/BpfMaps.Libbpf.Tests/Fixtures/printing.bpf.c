// A program that prints.
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

SEC("syscall")
int print(void *ctx)
{
	bpf_printk("bpfmaps says %d", 4711);
	bpf_printk("bpfmaps ends the line\n");
	return 0;
}

char LICENSE[] SEC("license") = "GPL";
