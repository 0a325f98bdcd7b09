using System.Runtime.InteropServices;

namespace BpfMaps.Interop;

// The members of `union bpf_attr`, one structure per group of commands. The kernel refuses non-zero bytes past the last field that
// a command uses (EINVAL) and past the attributes it knows (E2BIG): every structure is zeroed whole and is no longer than its last field.

/// <summary>BPF_OBJ_PIN and BPF_OBJ_GET with a path that begins at a descriptor (Linux 6.5).</summary>
[StructLayout(LayoutKind.Explicit, Size = 24)]
internal struct ObjectPathAtAttribute
{
    /// <summary>The last field ends here; the structure is aligned.</summary>
    public const uint UsedSize = 20;

    [FieldOffset(0)]
    public ObjectPathAttribute Path;

    [FieldOffset(16)]
    public int PathFd;
}
