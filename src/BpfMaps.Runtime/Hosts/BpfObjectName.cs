using System.Runtime.CompilerServices;

namespace BpfMaps;

/// <summary>A name in the kernel: at most 15 bytes, padded to 16 with NUL (BPF_OBJ_NAME_LEN).</summary>
[InlineArray(16)]
internal struct BpfObjectName
{
    private byte _first;
}
