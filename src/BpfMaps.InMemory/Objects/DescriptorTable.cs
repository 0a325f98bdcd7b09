using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace BpfMaps.InMemory;

/// <summary>What a host's descriptors stand for, by their numbers: programs of user space hand maps on as numbers.</summary>
/// <remarks>
/// The numbers are so high that the operating system gives none like them, and no two hosts of a process share one: a number that reaches
/// the wrong host is EBADF there and never another map.
/// </remarks>
internal sealed class DescriptorTable
{
    private const int BeforeFirst = 0x4000_0000;

    private static int s_last = BeforeFirst;

    private readonly ConcurrentDictionary<int, Entry> _entries = new();

    /// <summary>Enters a descriptor.</summary>
    /// <returns>Its number.</returns>
    public int Add(SharedObject item, BpfMapAccess access)
    {
        while (true)
        {
            // After a thousand million descriptors the numbers begin anew.
            int number = (Interlocked.Increment(ref s_last) & (BeforeFirst - 1)) + BeforeFirst;
            if (_entries.TryAdd(number, new Entry(item, access)))
                return number;
        }
    }

    /// <summary>Strikes out a descriptor that was closed.</summary>
    public void Remove(int number) => _entries.TryRemove(number, out _);

    /// <summary>What a number stands for, held for the caller.</summary>
    /// <returns><see langword="false"/> if it is not open.</returns>
    public bool TryHold(int number, out Entry entry) => _entries.TryGetValue(number, out entry) && entry.Object.TryHold();

    /// <summary>What a descriptor of this host stands for, held for the caller.</summary>
    /// <returns><see langword="false"/> if it is closed, or of another host.</returns>
    public bool TryHold(SafeHandle descriptor, [NotNullWhen(true)] out SharedObject? item)
    {
        item = null;
        if (descriptor is not InMemoryDescriptor || !TryHold((int)descriptor.DangerousGetHandle(), out Entry entry))
            return false;
        item = entry.Object;
        return true;
    }

    /// <summary>What a descriptor stands for, and what it allows.</summary>
    internal readonly record struct Entry(SharedObject Object, BpfMapAccess Access);
}
