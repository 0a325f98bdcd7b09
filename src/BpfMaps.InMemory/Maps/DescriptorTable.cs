using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace BpfMaps.InMemory;

/// <summary>The open descriptors of a host by number. User space programs pass maps to the kernel as numbers.</summary>
/// <remarks>
/// The numbers are too high to be assigned by the operating system, and are unique among the hosts of a process: a number of another host
/// fails with EBADF and never refers to a different map.
/// </remarks>
internal sealed class DescriptorTable
{
    private const int BeforeFirst = 0x4000_0000;

    private static int s_last = BeforeFirst;

    private readonly ConcurrentDictionary<int, Entry> _entries = new();

    /// <summary>Adds a descriptor.</summary>
    /// <returns>The number of the descriptor.</returns>
    public int Add(SharedObject item, BpfMapAccess access)
    {
        while (true)
        {
            // After 2^30 descriptors, the numbers start again.
            int number = (Interlocked.Increment(ref s_last) & (BeforeFirst - 1)) + BeforeFirst;
            if (_entries.TryAdd(number, new Entry(item, access)))
                return number;
        }
    }

    /// <summary>Removes a descriptor that was closed.</summary>
    public void Remove(int number) => _entries.TryRemove(number, out _);

    /// <summary>Gets the object of a descriptor number and acquires a reference for the caller.</summary>
    /// <returns><see langword="false"/> if the descriptor is not open.</returns>
    public bool TryHold(int number, out Entry entry) => _entries.TryGetValue(number, out entry) && entry.Object.TryHold();

    /// <summary>Gets the object of a descriptor of this host and acquires a reference for the caller.</summary>
    /// <returns><see langword="false"/> if the descriptor is closed or belongs to another host.</returns>
    public bool TryHold(SafeHandle descriptor, [NotNullWhen(true)] out SharedObject? item)
    {
        item = null;
        if (descriptor is not InMemoryDescriptor || !TryHold((int)descriptor.DangerousGetHandle(), out Entry entry))
            return false;
        item = entry.Object;
        return true;
    }

    /// <summary>The object of a descriptor and the access that the descriptor allows.</summary>
    internal readonly record struct Entry(SharedObject Object, BpfMapAccess Access);
}
