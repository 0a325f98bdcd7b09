// Operations on many elements per call, and the loop without batches. Buffers are allocated in advance, which is the fastest way in C.
#include "peer.h"
#include <bpf/bpf.h>
#include <errno.h>

#define LARGEST_CHUNK (1 << 16)

static char keys[LARGEST_CHUNK * LARGEST_KEY];
static char values[LARGEST_CHUNK * sizeof(struct traffic) * 16];

typedef int batch(int fd, void *in, void *out, void *keys, void *values, uint32_t *count, const struct bpf_map_batch_opts *options);

// Adds up the values of a map: one per element or, for per-CPU maps, one per CPU, which are first added to a total of the element. With a
// limit, adds up only those with fewer packets. Inlined, so that walks without a limit do not test it.
static inline __attribute__((always_inline)) uint64_t walk(batch *read, int fd, uint32_t chunk, int cpus, const uint64_t *limit)
{
	const struct traffic *value = (struct traffic *)values;
	char position[2][LARGEST_KEY];
	void *from = NULL;
	int turn = 0, error;
	uint64_t sum = 0, start = now();

	do {
		uint32_t count = chunk;

		error = read(fd, from, position[turn], keys, values, &count, NULL);
		if (error && errno != ENOENT)
			return 0;
		for (uint32_t i = 0; i < count; i++) {
			struct traffic total = value[(size_t)i * cpus];

			for (int cpu = 1; cpu < cpus; cpu++) {
				total.packets += value[(size_t)i * cpus + cpu].packets;
				total.bytes += value[(size_t)i * cpus + cpu].bytes;
			}
			if (!limit || total.packets < *limit)
				sum += total.packets + total.bytes;
		}
		from = position[turn];
		turn = !turn;
	} while (!error);
	sink = sum;
	return now() - start;
}

uint64_t peer_walk_batches(int fd, uint32_t chunk, int cpus)
{
	return walk(bpf_map_lookup_batch, fd, chunk, cpus, NULL);
}

uint64_t peer_where_batches(int fd, uint32_t chunk, uint64_t limit)
{
	return walk(bpf_map_lookup_batch, fd, chunk, 1, &limit);
}

uint64_t peer_drain(int fd, uint32_t chunk)
{
	return walk(bpf_map_lookup_and_delete_batch, fd, chunk, 1, NULL);
}

uint64_t peer_walk_keys(int fd)
{
	struct traffic value;
	char key[2][LARGEST_KEY];
	void *previous = NULL;
	int turn = 0;
	uint64_t sum = 0, start = now();

	while (!bpf_map_get_next_key(fd, previous, key[turn])) {
		if (!bpf_map_lookup_elem(fd, key[turn], &value))
			sum += value.packets + value.bytes;
		previous = key[turn];
		turn = !turn;
	}
	sink = sum;
	return now() - start;
}

uint64_t peer_load(int fd, const void *from_keys, const void *from_values, uint32_t count)
{
	uint64_t start = now();

	if (bpf_map_update_batch(fd, from_keys, from_values, &count, NULL))
		return 0;
	return now() - start;
}
