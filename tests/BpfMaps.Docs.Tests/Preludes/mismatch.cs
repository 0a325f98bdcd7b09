using RawMap other = RawMap.Create(
    new BpfMapSpec
    {
        Type = BpfMapType.LruHash,
        Name = "flows",
        KeySize = 8,
        ValueSize = 8,
        MaxEntries = 65_536,
    }
);
other.Pin("/sys/fs/bpf/flows");
