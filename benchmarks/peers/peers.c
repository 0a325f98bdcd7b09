// What the benchmarks compare with: the same work in C through libbpf, called from the benchmark's own process, on its maps, so that
// both sides meet the same kernel, the same map and the same moment. Every function does its work `rounds` times and returns nanoseconds.
#define _GNU_SOURCE
#include <bpf/bpf.h>
#include <dlfcn.h>
#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static uint64_t now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (uint64_t)t.tv_sec * 1000000000u + t.tv_nsec;
}

// Takes the kernel out of bpf(2), or puts it back. Needs the preloaded nosyscall.c.
int peer_set_kernel(int answers)
{
	int *zero = dlsym(RTLD_DEFAULT, "bpf_answers_zero");

	if (!zero)
		return 0;
	*zero = !answers;
	return 1;
}

uint64_t peer_lookup(int fd, const uint32_t *keys, int count, int value_size, int rounds)
{
	char value[256];
	uint64_t start = now();

	for (int r = 0; r < rounds; r++)
		for (int i = 0; i < count; i++)
			if (bpf_map_lookup_elem(fd, &keys[i], value))
				return 0;
	return now() - start;
}

uint64_t peer_update(int fd, const uint32_t *keys, int count, int value_size, int rounds)
{
	char value[256] = {};
	uint64_t start = now();

	for (int r = 0; r < rounds; r++)
		for (int i = 0; i < count; i++)
			if (bpf_map_update_elem(fd, &keys[i], value, BPF_ANY))
				return 0;
	return now() - start;
}

// Every key goes and comes back.
uint64_t peer_delete(int fd, const uint32_t *keys, int count, int value_size, int rounds)
{
	char value[256] = {};
	uint64_t start = now();

	for (int r = 0; r < rounds; r++)
		for (int i = 0; i < count; i++)
			if (bpf_map_delete_elem(fd, &keys[i]) || bpf_map_update_elem(fd, &keys[i], value, BPF_ANY))
				return 0;
	return now() - start;
}

// The whole map, one chunk of buffers reused: the best loop that C has.
uint64_t peer_batch(int fd, const uint32_t *keys, int chunk, int value_size, int rounds)
{
	uint32_t *found = malloc((size_t)chunk * 4);
	char *values = malloc((size_t)chunk * value_size);
	volatile uint64_t sum = 0;
	uint64_t start = now();

	for (int r = 0; r < rounds; r++) {
		uint32_t in, out, n;
		void *from = NULL;
		int err;

		do {
			n = chunk;
			err = bpf_map_lookup_batch(fd, from, &out, found, values, &n, NULL);
			if (err && errno != ENOENT)
				return 0;
			for (uint32_t i = 0; i < n; i++)
				sum += found[i];
			in = out;
			from = &in;
		} while (!err);
	}
	start = now() - start;
	free(found);
	free(values);
	return start;
}

uint64_t peer_walk(int fd, const uint32_t *keys, int count, int value_size, int rounds)
{
	char value[256];
	volatile uint64_t sum = 0;
	uint64_t start = now();

	for (int r = 0; r < rounds; r++) {
		uint32_t key, *previous = NULL;

		while (!bpf_map_get_next_key(fd, previous, &key)) {
			if (!bpf_map_lookup_elem(fd, &key, value))
				sum += key;
			previous = &key;
		}
	}
	return now() - start;
}
