// Arrays at the end of sections of variables, whose lengths the application sets before the load.
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

const volatile __u32 length = 1;
const volatile __u32 factors[1] = { 1 };
__u64 sum = 0;
__u64 runs = 0;
__u64 values[2] SEC(".data.values") = { 1, 2 };
__u32 single SEC(".data.single") = 1;

SEC("raw_tp")
int multiply(void *ctx)
{
	const volatile __u32 *factor = factors;
	__u64 *value = values;

	// The compiler must not use the declared lengths.
	asm volatile("" : "+r"(factor), "+r"(value));
	for (__u32 i = 0; i < length && i < 2000; i++) {
		value[i] = i * 10;
		sum += value[i] * factor[i];
	}
	runs += single;
	return 0;
}

char LICENSE[] SEC("license") = "GPL";
