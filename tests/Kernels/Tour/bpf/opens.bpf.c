// Counts the files that one process opens, with kprobes and a kretprobe.
#include <linux/bpf.h>
#include <linux/ptrace.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_tracing.h>

struct open_event {
	__u32 pid;
	char path[60];
};

struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, 65536);
	__type(value, struct open_event);
} opens SEC(".maps");

const volatile __u32 only_pid = 0;
__u64 entered = 0, returned = 0, failed = 0, elsewhere = 0;

static __always_inline int is_other(void)
{
	return bpf_get_current_pid_tgid() >> 32 != only_pid;
}

SEC("kprobe/do_sys_openat2")
int on_open(struct pt_regs *ctx)
{
	struct open_event *event;

	if (is_other())
		return 0;
	__sync_fetch_and_add(&entered, 1);
	event = bpf_ringbuf_reserve(&opens, sizeof(*event), 0);
	if (!event)
		return 0;
	event->pid = only_pid;
	if (bpf_probe_read_user_str(event->path, sizeof(event->path), (void *)PT_REGS_PARM2(ctx)) < 0)
		event->path[0] = 0;
	bpf_ringbuf_submit(event, 0);
	return 0;
}

SEC("kretprobe/do_sys_openat2")
int on_opened(struct pt_regs *ctx)
{
	if (is_other())
		return 0;
	__sync_fetch_and_add(&returned, 1);
	if ((int)PT_REGS_RC(ctx) < 0)
		__sync_fetch_and_add(&failed, 1);
	return 0;
}

SEC("kprobe")
int on_function(struct pt_regs *ctx)
{
	if (!is_other())
		__sync_fetch_and_add(&elsewhere, 1);
	return 0;
}

char LICENSE[] SEC("license") = "GPL";
