using System.Runtime.InteropServices;

namespace BpfMaps.Tests;

/// <summary>
/// The kernel's host with the behavior of Linux 5.6 to 6.13: a batch on an array of maps treats an empty slot as a removed key and fails
/// with EINTR.
/// </summary>
internal sealed unsafe class GivesUpOnEmptySlotsHost() : ForwardingHost(Kernel)
{
    public bool GaveUp { get; private set; }

    internal override int LookupBatch(SafeHandle map, byte* from, byte* to, byte* keys, byte* values, ref uint count, ulong flags)
    {
        GaveUp = true;
        count = 0;
        return Errno.EINTR;
    }
}
