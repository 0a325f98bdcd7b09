using RequestMap pinned = RequestMap.Create(4096);
pinned.Pin("/sys/fs/bpf/requests");
