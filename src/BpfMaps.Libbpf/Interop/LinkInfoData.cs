using System.Runtime.InteropServices;

namespace BpfMaps.Interop;

/// <summary><c>struct bpf_link_info</c>. The fields after the program's id depend on the type of the link.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct LinkInfoData
{
    public uint Type;
    public uint Id;
    public uint ProgramId;
    private readonly uint _padding;

    /// <summary>The fields of the type; offset 0 here is offset 16 of the structure.</summary>
    public fixed byte Details[112];

    public readonly uint Word(int offset)
    {
        fixed (byte* details = Details)
            return *(uint*)(details + offset);
    }

    public readonly ulong Long(int offset)
    {
        fixed (byte* details = Details)
            return *(ulong*)(details + offset);
    }

    /// <summary>Asks for a text: sets the fields that contain the address and the size of a buffer.</summary>
    public void SetBuffer(int addressOffset, int sizeOffset, byte* buffer, int size)
    {
        fixed (byte* details = Details)
        {
            *(ulong*)(details + addressOffset) = (ulong)buffer;
            *(uint*)(details + sizeOffset) = (uint)size;
        }
    }
}
