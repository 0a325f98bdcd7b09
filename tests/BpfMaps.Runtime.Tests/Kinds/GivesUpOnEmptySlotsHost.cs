using System.Runtime.InteropServices;

namespace BpfMaps.Tests;

/// <summary>The kernel as it was from Linux 5.6 to 6.13: a batch over an array of maps takes an empty slot for a key that vanished, and gives up (EINTR).</summary>
internal sealed unsafe class GivesUpOnEmptySlotsHost() : ForwardingHost(Kernel)
{
    public bool GaveUp { get; private set; }

    protected internal override int LookupBatch(SafeHandle map, byte* from, byte* to, byte* keys, byte* values, ref uint count, ulong flags)
    {
        GaveUp = true;
        count = 0;
        return Errno.EINTR;
    }
}
