// The programs of queries.bpf.c, used from C, and the same answers without a program.
#include "peer.h"
#include <bpf/bpf.h>
#include <bpf/libbpf.h>
#include <stdbool.h>
#include <string.h>

struct lookup {
	uint32_t key;
	uint32_t present;
	struct traffic value;
};

struct count {
	uint64_t limit;
	uint64_t found;
};

// Looks up keys through the memory of the program, which has exactly as many elements. Every key must be found.
uint64_t peer_query_values(int program, struct lookup *shared, const uint32_t *keys, struct traffic *values, bool *present, int count)
{
	LIBBPF_OPTS(bpf_test_run_opts, options);
	uint64_t start = now();

	for (int i = 0; i < count; i++) {
		shared[i].key = keys[i];
		shared[i].present = 0;
	}
	if (bpf_prog_test_run_opts(program, &options))
		return 0;
	for (int i = 0; i < count; i++) {
		present[i] = shared[i].present;
		values[i] = shared[i].value;
	}
	start = now() - start;
	return memchr(present, false, count) ? 0 : start;
}

// The kernel writes the context back where it read it.
static int count_below(int program, uint64_t limit, uint64_t *found)
{
	struct count count = { .limit = limit };
	LIBBPF_OPTS(bpf_test_run_opts, options, .ctx_in = &count, .ctx_size_in = sizeof(count));

	if (bpf_prog_test_run_opts(program, &options))
		return -1;
	*found = count.found;
	return 0;
}

uint64_t peer_query_count(int program, uint64_t limit)
{
	uint64_t found, start = now();

	if (count_below(program, limit, &found))
		return 0;
	sink = found;
	return now() - start;
}

// From the compiled object to the first answer.
uint64_t peer_query_first_use(const char *path, int map, uint64_t limit)
{
	uint64_t found, result = 0, start = now();
	struct bpf_object *object = bpf_object__open_file(path, NULL);

	if (!object)
		return 0;
	if (bpf_map__reuse_fd(bpf_object__find_map_by_name(object, "counters"), map) ||
	    bpf_program__set_autoload(bpf_object__find_program_by_name(object, "get_values"), false) || bpf_object__load(object))
		goto close;
	if (count_below(bpf_program__fd(bpf_object__find_program_by_name(object, "count_below")), limit, &found))
		goto close;
	sink = found;
	result = 1;
close:
	bpf_object__close(object);
	return result ? now() - start : 0;
}
