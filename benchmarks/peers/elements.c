// Operations on single elements. Keys are contiguous; each round uses all of them.
#include "peer.h"
#include <bpf/bpf.h>

uint64_t peer_lookup(int fd, const char *keys, int key_size, int count, int rounds)
{
	char value[LARGEST_VALUE];
	uint64_t start = now();

	for (int r = 0; r < rounds; r++)
		for (int i = 0; i < count; i++)
			if (bpf_map_lookup_elem(fd, keys + i * key_size, value))
				return 0;
	return now() - start;
}

uint64_t peer_update(int fd, const char *keys, int key_size, int count, int rounds)
{
	char value[LARGEST_VALUE] = {};
	uint64_t start = now();

	for (int r = 0; r < rounds; r++)
		for (int i = 0; i < count; i++)
			if (bpf_map_update_elem(fd, keys + i * key_size, value, BPF_ANY))
				return 0;
	return now() - start;
}

uint64_t peer_delete(int fd, const char *keys, int key_size, int count, int rounds)
{
	uint64_t start = now();

	for (int r = 0; r < rounds; r++)
		for (int i = 0; i < count; i++)
			if (bpf_map_delete_elem(fd, keys + i * key_size))
				return 0;
	return now() - start;
}

uint64_t peer_lookup_and_delete(int fd, const char *keys, int key_size, int count, int rounds)
{
	char value[LARGEST_VALUE];
	uint64_t start = now();

	for (int r = 0; r < rounds; r++)
		for (int i = 0; i < count; i++)
			if (bpf_map_lookup_and_delete_elem(fd, keys + i * key_size, value))
				return 0;
	return now() - start;
}

uint64_t peer_push(int fd, int count)
{
	char value[LARGEST_VALUE] = {};
	uint64_t start = now();

	for (int i = 0; i < count; i++)
		if (bpf_map_update_elem(fd, NULL, value, BPF_ANY))
			return 0;
	return now() - start;
}

uint64_t peer_pop(int fd, int count)
{
	char value[LARGEST_VALUE];
	uint64_t start = now();

	for (int i = 0; i < count; i++)
		if (bpf_map_lookup_and_delete_elem(fd, NULL, value))
			return 0;
	return now() - start;
}
