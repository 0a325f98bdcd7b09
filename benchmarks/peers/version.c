#include <bpf/libbpf.h>

const char *peer_libbpf_version(void)
{
	return libbpf_version_string();
}
