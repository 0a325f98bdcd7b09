using System.Runtime.CompilerServices;

namespace BpfMaps.Interop;

// The members of `union bpf_attr`, one structure per group of commands. The kernel refuses non-zero bytes past the last field that
// a command uses (EINVAL) and past the attributes it knows (E2BIG): every structure is zeroed whole and is no longer than its last field.

/// <summary>The name of a BPF object: 15 bytes and a NUL (BPF_OBJ_NAME_LEN).</summary>
[InlineArray(Length)]
internal struct ObjectName
{
    public const int Length = 16;
    private byte _first;
}
