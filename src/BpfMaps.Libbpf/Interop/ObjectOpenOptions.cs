using System.Runtime.InteropServices;

namespace BpfMaps.Interop;

// libbpf's option structures begin with their size. Any library version accepts them if the fields that it does not know are zero.

/// <summary><c>struct bpf_object_open_opts</c>, up to the level of the verifier's log.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct ObjectOpenOptions
{
    public nuint Size;
    public byte* ObjectName;
    public byte RelaxedMaps;
    public byte* PinRootPath;
    public uint Reserved;
    public byte* Kconfig;
    public byte* BtfCustomPath;
    public byte* KernelLog;
    public nuint KernelLogSize;
    public uint KernelLogLevel;
}
