namespace BpfMaps.Interop;

/// <summary>Addresses at which memory of maps was mapped, kept from being used for anything else.</summary>
/// <remarks>
/// <para>A mapping is replaced by private memory, which takes no page until it is accessed: the map's memory is released, and a
/// reference that outlived it reads zeroes and writes to nothing that matters.</para>
/// <para>Address space is not endless either. The oldest ranges are given back when there are too many, and all of them when a mapping
/// finds no room.</para>
/// </remarks>
internal static class RetiredMemory
{
    /// <summary>Bytes that are kept at most: a two-thousandth of the address space of a process.</summary>
    private const ulong MostBytes = 1ul << 36;

    /// <summary>Ranges that are kept at most; the kernel allows a process 65,530 (vm.max_map_count), and neighbors count as one.</summary>
    private const int MostRanges = 8192;

    private static readonly Lock s_gate = new();
    private static readonly LinkedList<(nint Address, nuint Length)> s_ranges = [];
    private static ulong s_bytes;

    /// <summary>How many ranges are kept.</summary>
    public static int Count
    {
        get
        {
            lock (s_gate)
                return s_ranges.Count;
        }
    }

    /// <summary>Ends a mapping and keeps its addresses.</summary>
    public static bool Retire(nint address, nuint length)
    {
        nuint page = (nuint)Environment.SystemPageSize;
        length = (length + page - 1) / page * page;
        // In one step, so that nothing else gets the addresses in between.
        int flags = Libc.MapPrivate | Libc.MapAnonymous | Libc.MapNoReserve | Libc.MapFixed;
        if (Libc.MemoryMap(address, length, Libc.ProtRead | Libc.ProtWrite, flags, -1, 0) == -1)
            return Libc.MemoryUnmap(address, length) == 0;

        lock (s_gate)
        {
            s_ranges.AddLast((address, length));
            s_bytes += length;
            while ((s_bytes > MostBytes && s_ranges.Count > 1) || s_ranges.Count > MostRanges)
                GiveBack(s_ranges.First!);
        }

        return true;
    }

    /// <summary>Gives back what is kept of a range: a map is to be mapped there.</summary>
    public static void GiveBack(nint address, nuint length)
    {
        lock (s_gate)
        {
            for (LinkedListNode<(nint Address, nuint Length)>? node = s_ranges.First; node is not null; )
            {
                LinkedListNode<(nint Address, nuint Length)>? next = node.Next;
                if ((nuint)node.Value.Address < (nuint)address + length && (nuint)address < (nuint)node.Value.Address + node.Value.Length)
                    GiveBack(node);
                node = next;
            }
        }
    }

    /// <summary>Gives everything back.</summary>
    /// <returns>Whether there was anything.</returns>
    public static bool GiveBackAll()
    {
        lock (s_gate)
        {
            bool hadAny = s_ranges.Count != 0;
            while (s_ranges.First is { } first)
                GiveBack(first);
            return hadAny;
        }
    }

    private static void GiveBack(LinkedListNode<(nint Address, nuint Length)> node)
    {
        s_ranges.Remove(node);
        s_bytes -= node.Value.Length;
        // A loader that maps an arena at its address replaces whatever is there (MAP_FIXED). The advice is refused for all but private
        // anonymous memory.
        if (Libc.MemoryAdvise(node.Value.Address, node.Value.Length, Libc.AdviceFree) == 0)
            _ = Libc.MemoryUnmap(node.Value.Address, node.Value.Length);
    }
}
