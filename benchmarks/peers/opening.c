// Opens a pinned map and compares its properties with the expected ones, as every user of libbpf has to do.
#include "peer.h"
#include <bpf/bpf.h>
#include <unistd.h>

uint64_t peer_open_pinned(const char *path, uint32_t type, uint32_t key_size, uint32_t value_size, uint32_t max_entries, int rounds)
{
	uint64_t start = now();

	for (int r = 0; r < rounds; r++) {
		struct bpf_map_info info = {};
		uint32_t length = sizeof(info);
		int fd = bpf_obj_get(path);

		if (fd < 0 || bpf_obj_get_info_by_fd(fd, &info, &length))
			return 0;
		if (info.type != type || info.key_size != key_size || info.value_size != value_size || info.max_entries != max_entries)
			return 0;
		close(fd);
	}
	return now() - start;
}
