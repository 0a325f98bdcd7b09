// What the peers are: the same work in C through libbpf, called from the benchmark's own process, on its maps, so that both sides meet the
// same kernel, the same map and the same moment. Every function times its own work and returns nanoseconds, or 0 if a call failed.
#pragma once
#include <stdint.h>
#include <time.h>

#define LARGEST_KEY 64
#define LARGEST_VALUE 256

// The values of the maps that are walked over.
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

// Where sums go that nobody asks for, so that the compiler computes them.
static volatile uint64_t sink;
