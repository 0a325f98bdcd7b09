// samples/QuickStart in C: creates a map, fills it, prints it, reopens it by id and by pin.
#include <arpa/inet.h>
#include <bpf/bpf.h>
#include <errno.h>
#include <stdio.h>
#include <unistd.h>

#define PIN_PATH "/sys/fs/bpf/quickstart_peer"

struct key {
	uint32_t address;
	uint16_t port;
	uint16_t padding;
};

struct flow {
	uint64_t packets;
	uint64_t bytes;
};

static int is_flows(int fd, struct bpf_map_info *info)
{
	uint32_t length = sizeof(*info);

	return fd >= 0 && !bpf_obj_get_info_by_fd(fd, info, &length) && info->type == BPF_MAP_TYPE_HASH && info->key_size == sizeof(struct key) &&
	       info->value_size == sizeof(struct flow);
}

int main(void)
{
	int flows = bpf_map_create(BPF_MAP_TYPE_HASH, "flow_stats", sizeof(struct key), sizeof(struct flow), 1024, NULL), by_id, by_path, error;
	struct bpf_map_info info = {};
	struct key keys[64], position;
	struct flow values[64];
	void *from = NULL;

	if (!is_flows(flows, &info))
		return 1;
	printf("Created map %s, id %u.\n", info.name, info.id);
	for (uint32_t host = 1; host <= 10; host++) {
		struct key key = { htonl(0x0a000000 | host), htons(443), 0 };
		struct flow value = { host * 3, host * 4096 };

		if (bpf_map_update_elem(flows, &key, &value, BPF_ANY))
			return 1;
	}
	do {
		uint32_t count = 64;

		error = bpf_map_lookup_batch(flows, from, &position, keys, values, &count, NULL);
		if (error && errno != ENOENT)
			return 1;
		for (uint32_t i = 0; i < count; i++)
			printf("%s:%d %llu %llu\n", inet_ntoa((struct in_addr){ keys[i].address }), ntohs(keys[i].port), (unsigned long long)values[i].packets, (unsigned long long)values[i].bytes);
		from = &position;
	} while (!error);

	by_id = bpf_map_get_fd_by_id(info.id);
	if (!is_flows(by_id, &info) || bpf_obj_pin(flows, PIN_PATH))
		return 1;
	by_path = bpf_obj_get(PIN_PATH);
	if (!is_flows(by_path, &info) || unlink(PIN_PATH))
		return 1;
	printf("Opened it again by its id and by its pin.\n");
	return 0;
}
