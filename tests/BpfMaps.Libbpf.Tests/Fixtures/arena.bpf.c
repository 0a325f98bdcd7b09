// An arena, and with ADDRESS a program that writes to it. Casts of pointers into arenas need clang 19, so it has the instruction itself.
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

#define MAP_TYPE_ARENA 33

struct {
	__uint(type, MAP_TYPE_ARENA);
	__uint(max_entries, 4);
	__uint(map_flags, BPF_F_MMAPABLE);
#ifdef ADDRESS
	__uint(map_extra, ADDRESS);
#endif
} pages SEC(".maps");

#ifdef ADDRESS
__u64 target = 0;

SEC("socket")
int add(struct __sk_buff *packet)
{
	register __u64 *number asm("r1") = (__u64 *)target;

	asm volatile("" :: "r"(&pages)); // the program uses this arena
	asm volatile(".byte 0xbf, 0x11; .short 1; .long 1" : "+r"(number)); // r1 = addr_space_cast(r1, 0, 1)
	*number += 5;
	return 0;
}
#endif

char LICENSE[] SEC("license") = "GPL";
