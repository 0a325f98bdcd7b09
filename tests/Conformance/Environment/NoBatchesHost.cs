using System.Runtime.InteropServices;

namespace BpfMaps.Tests;

/// <summary>A host that supports neither batches nor LOOKUP_AND_DELETE on hashes and forwards all other commands.</summary>
/// <param name="errno">The error of unsupported commands: EINVAL as in kernels before Linux 5.6, which do not know the commands; ENOTSUPP
/// as for map types without them.</param>
internal sealed unsafe class NoBatchesHost(int errno = Errno.EINVAL) : ForwardingHost(TestHost.Current)
{
    internal override int LookupAndDelete(SafeHandle map, byte* key, byte* value, ulong flags) => errno;

    internal override int LookupBatch(SafeHandle map, byte* from, byte* to, byte* keys, byte* values, ref uint count, ulong flags) => errno;

    internal override int LookupAndDeleteBatch(
        SafeHandle map,
        byte* from,
        byte* to,
        byte* keys,
        byte* values,
        ref uint count,
        ulong flags
    ) => errno;

    internal override int UpdateBatch(SafeHandle map, byte* keys, byte* values, ref uint count, ulong flags) => errno;

    internal override int DeleteBatch(SafeHandle map, byte* keys, ref uint count, ulong flags) => errno;
}
