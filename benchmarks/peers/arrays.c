// Reads the elements of an array in a random order: from its memory, and with one system call each.
#include "peer.h"
#include <bpf/bpf.h>
#include <sys/mman.h>

void *peer_map_array(int fd, uint64_t length)
{
	void *memory = mmap(NULL, length, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);

	return memory == MAP_FAILED ? NULL : memory;
}

uint64_t peer_read_pointer(const struct traffic *elements, const uint32_t *indices, int count)
{
	uint64_t sum = 0, start = now();

	for (int i = 0; i < count; i++)
		sum += elements[indices[i]].packets;
	sink = sum;
	return now() - start;
}

uint64_t peer_read_lookup(int fd, const uint32_t *indices, int count)
{
	struct traffic value;
	uint64_t sum = 0, start = now();

	for (int i = 0; i < count; i++) {
		if (bpf_map_lookup_elem(fd, &indices[i], &value))
			return 0;
		sum += value.packets;
	}
	sink = sum;
	return now() - start;
}
