// The peers do the same work in C with libbpf. They are called from the benchmark's process on its maps, so that both sides use the same
// kernel and the same map at the same time. Every function times its own work and returns nanoseconds, or 0 if a call failed.
#pragma once
#include <stdint.h>
#include <time.h>

#define LARGEST_KEY 64
#define LARGEST_VALUE 256

// The values of the walked maps.
struct traffic {
	uint64_t packets;
	uint64_t bytes;
};

static inline uint64_t now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (uint64_t)t.tv_sec * 1000000000u + t.tv_nsec;
}

// Receives unused sums, so that the compiler does not remove their computation.
static volatile uint64_t sink;
