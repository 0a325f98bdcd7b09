Directory.CreateDirectory("/sys/fs/bpf/acme");
