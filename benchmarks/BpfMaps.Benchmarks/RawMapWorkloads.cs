using System.Runtime.InteropServices;

namespace BpfMaps.Benchmarks;

/// <summary>Raw maps against libbpf's thin wrappers.</summary>
internal static unsafe class RawMapWorkloads
{
    private const int ValueSize = 16;

    public static void Run(bool withKernel)
    {
        Elements(withKernel, count: 2_000, rounds: withKernel ? 5 : 100);
        if (withKernel)
            Enumeration(60_000, rounds: 2);
    }

    private static void Elements(bool withKernel, int count, int rounds)
    {
        using RawMap map = RawMap.Create(new BpfMapSpec { Type = BpfMapType.Hash, Name = "elements", KeySize = 4, ValueSize = ValueSize, MaxEntries = (uint)count });
        uint[] keys = Fill(map, count);
        byte[] value = new byte[ValueSize];
        int fd = (int)map.Handle.DangerousGetHandle();
        long operations = (long)count * rounds;
        if (!withKernel && Peer.SetKernel(0) == 0)
            throw new InvalidOperationException("Without the kernel, libnosyscall.so must be preloaded: use run.sh.");

        fixed (uint* pinned = keys)
        {
            uint* k = pinned;
            Comparison.Run("hash lookup, u32 to 16 bytes", operations, () => Peer.Lookup(fd, k, count, ValueSize, rounds), () =>
            {
                for (int r = 0; r < rounds; r++)
                {
                    foreach (ref uint key in keys.AsSpan())
                    {
                        if (!map.TryLookup(MemoryMarshal.AsBytes(new ReadOnlySpan<uint>(in key)), value))
                            throw new InvalidOperationException("A key is missing.");
                    }
                }
            });
            Comparison.Run("hash update, u32 to 16 bytes", operations, () => Peer.Update(fd, k, count, ValueSize, rounds), () =>
            {
                for (int r = 0; r < rounds; r++)
                {
                    foreach (ref uint key in keys.AsSpan())
                        map.Update(MemoryMarshal.AsBytes(new ReadOnlySpan<uint>(in key)), value);
                }
            });
            Comparison.Run("hash delete and update, u32 to 16 bytes", operations, () => Peer.Delete(fd, k, count, ValueSize, rounds), () =>
            {
                for (int r = 0; r < rounds; r++)
                {
                    foreach (ref uint key in keys.AsSpan())
                    {
                        map.Delete(MemoryMarshal.AsBytes(new ReadOnlySpan<uint>(in key)));
                        map.Update(MemoryMarshal.AsBytes(new ReadOnlySpan<uint>(in key)), value);
                    }
                }
            });
        }

        if (!withKernel)
            _ = Peer.SetKernel(1);
    }

    private static void Enumeration(int count, int rounds)
    {
        using RawMap map = RawMap.Create(new BpfMapSpec { Type = BpfMapType.Hash, Name = "enumeration", KeySize = 4, ValueSize = ValueSize, MaxEntries = (uint)count });
        Fill(map, count);
        int fd = (int)map.Handle.DangerousGetHandle();
        void Managed()
        {
            ulong sum = 0;
            for (int r = 0; r < rounds; r++)
            {
                using BpfBatchCursor cursor = map.LookupBatch();
                while (cursor.MoveNext())
                {
                    foreach (uint key in MemoryMarshal.Cast<byte, uint>(cursor.Keys))
                        sum += key;
                }
            }

            GC.KeepAlive(sum);
        }

        long operations = (long)count * rounds;
        Comparison.Run("hash enumeration of 60,000, C in batches", operations, () => Peer.Batch(fd, null, 4096, ValueSize, rounds), Managed);
        Comparison.Run("hash enumeration of 60,000, C key by key", operations, () => Peer.Walk(fd, null, count, ValueSize, rounds), Managed);
    }

    private static uint[] Fill(RawMap map, int count)
    {
        uint[] keys = [.. Enumerable.Range(0, count).Select(i => (uint)i * 2_654_435_761u)];
        byte[] values = new byte[count * ValueSize];
        map.UpdateBatch(MemoryMarshal.AsBytes<uint>(keys), values, out _);
        return keys;
    }
}
