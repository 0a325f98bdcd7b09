using System.Runtime.InteropServices;
using BpfMaps.Metadata;

namespace BpfMaps.Tests;

/// <summary>A host that rejects floating-point numbers in BTF, as kernels before Linux 5.13 do.</summary>
internal sealed class NoFloatsHost() : ForwardingHost(TestHost.Current)
{
    internal override int LoadBtf(ReadOnlySpan<byte> btf, out SafeHandle? handle)
    {
        handle = null;
        return Btf.Parse(btf, "BTF").OfKind(BtfKind.Float).Any() ? Errno.EINVAL : base.LoadBtf(btf, out handle);
    }
}
