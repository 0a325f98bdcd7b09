// Counts the times that files are opened, in their inodes, and refuses files that user space has marked.
#include <linux/bpf.h>
#include <linux/ptrace.h>
#include <linux/errno.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_tracing.h>

struct inode;

struct file {
	struct inode *f_inode;
} __attribute__((preserve_access_index));

struct file_note {
	__u64 opens;
	__u64 is_refused;
};

struct {
	__uint(type, BPF_MAP_TYPE_INODE_STORAGE);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__type(key, int);
	__type(value, struct file_note);
} notes SEC(".maps");

const volatile __u32 only_pid = 0;

SEC("lsm/file_open")
int BPF_PROG(on_file_open, struct file *file)
{
	struct file_note *note;

	if (bpf_get_current_pid_tgid() >> 32 != only_pid)
		return 0;
	note = bpf_inode_storage_get(&notes, file->f_inode, 0, BPF_LOCAL_STORAGE_GET_F_CREATE);
	if (!note)
		return 0;
	__sync_fetch_and_add(&note->opens, 1);
	return note->is_refused ? -EPERM : 0;
}

char LICENSE[] SEC("license") = "GPL";
