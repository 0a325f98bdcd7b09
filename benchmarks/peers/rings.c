// Readers of a ring of 64-byte records. All read the whole ring, and fail if the number of records is not as expected.
#include "peer.h"
#include <bpf/libbpf.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#define BUSY (1u << 31)
#define DISCARDED (1u << 30)

struct record {
	uint64_t sequence;
	uint64_t value;
	uint64_t rest[6];
};

static uint64_t count, sum;

static int handle(void *context, void *data, size_t size)
{
	const struct record *record = data;

	sum += record->value;
	count++;
	return 0;
}

void *peer_ring_open(int fd)
{
	return ring_buffer__new(fd, handle, NULL, NULL);
}

void peer_ring_close(void *ring)
{
	ring_buffer__free(ring);
}

// As written by users of libbpf.
uint64_t peer_ring_libbpf(void *ring, uint64_t expected)
{
	uint64_t start = now();

	count = 0;
	if (ring_buffer__consume(ring) < 0)
		return 0;
	start = now() - start;
	return count == expected ? start : 0;
}

struct mapped {
	uint64_t *consumer;
	uint64_t *producer;
	char *data;
	uint64_t size;
};

void *peer_mapped_open(int fd, uint64_t size)
{
	size_t page = sysconf(_SC_PAGESIZE);
	struct mapped *ring = malloc(sizeof(*ring));

	ring->size = size;
	ring->consumer = mmap(NULL, page, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	ring->producer = mmap(NULL, page + 2 * size, PROT_READ, MAP_SHARED, fd, page);
	ring->data = (char *)ring->producer + page;
	return ring->consumer == MAP_FAILED || ring->producer == MAP_FAILED ? NULL : ring;
}

// The fastest loop in C: the position is published once per run. The handler is called through a pointer, as in libbpf.
uint64_t peer_ring_publish_once(struct mapped *ring, uint64_t expected)
{
	int (*volatile chosen)(void *, void *, size_t) = handle;
	int (*handler)(void *, void *, size_t) = chosen;
	uint64_t start = now(), position = *ring->consumer, end;

	count = 0;
	end = __atomic_load_n(ring->producer, __ATOMIC_ACQUIRE);
	while (position < end) {
		uint32_t *header = (uint32_t *)(ring->data + (position & (ring->size - 1)));
		uint32_t length = __atomic_load_n(header, __ATOMIC_ACQUIRE);

		if (length & BUSY)
			break;
		position += ((length & ~DISCARDED) + 15) & ~7ull;
		if (!(length & DISCARDED))
			handler(NULL, header + 2, length);
	}
	__atomic_store_n(ring->consumer, position, __ATOMIC_RELEASE);
	start = now() - start;
	return count == expected ? start : 0;
}

void *peer_user_ring_open(int fd)
{
	return user_ring_buffer__new(fd, NULL);
}

void peer_user_ring_close(void *ring)
{
	user_ring_buffer__free(ring);
}

uint64_t peer_user_ring_write(void *ring, int records)
{
	uint64_t start = now();

	for (int i = 0; i < records; i++) {
		struct record *record = user_ring_buffer__reserve(ring, sizeof(*record));

		if (!record)
			return 0;
		*record = (struct record){ .sequence = i, .value = i * 3 };
		user_ring_buffer__submit(ring, record);
	}
	return now() - start;
}
