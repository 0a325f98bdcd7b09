using System.Runtime.InteropServices;
using BpfMaps.Interop;
using BpfMaps.Metadata;

namespace BpfMaps;

/// <summary>Reads the properties of programs.</summary>
internal static unsafe class ProgramInfo
{
    /// <summary>The longest name that the kernel keeps of a program; longer names are cut.</summary>
    private const int LongestName = 15;

    public static BpfProgramInfo Read(SafeHandle program)
    {
        ProgramInfoData data = default;
        Query(program, &data);
        uint[] maps = ReadMaps(program, data.MapIdCount);
        string name = BpfProgramInfo.ShortName(data);
        return new BpfProgramInfo(data, name.Length == LongestName ? FullName(program, data) : null, maps);
    }

    private static void Query(SafeHandle program, ProgramInfoData* data)
    {
        int errno = KernelCall.GetInfo(program, data, sizeof(ProgramInfoData));
        ObjectDisposedException.ThrowIf(errno == Errno.EBADF && program.IsClosed, typeof(BpfProgram));
        if (errno != Errno.Ok)
            throw BpfException.Of(
                "Reading the info of a program",
                errno,
                BpfCommand.ObjGetInfoByFd,
                mapName: null,
                KernelAdvice.For(BpfCommand.ObjGetInfoByFd, errno, path: null)
            );
    }

    private static uint[] ReadMaps(SafeHandle program, uint count)
    {
        if (count == 0)
            return [];
        uint[] ids = new uint[count];
        ProgramInfoData data = default;
        fixed (uint* pointer = ids)
        {
            data.MapIds = (ulong)pointer;
            data.MapIdCount = count;
            Query(program, &data);
        }
        return data.MapIdCount < count ? ids[..(int)data.MapIdCount] : ids;
    }

    /// <summary>Returns the name in the BTF of the program's first function; <see langword="null"/> if it cannot be read.</summary>
    private static string? FullName(SafeHandle program, in ProgramInfoData known)
    {
        const int typeIdOffset = 4;
        if (known.BtfId == 0 || known.FunctionInfoCount == 0 || known.FunctionInfoSize < typeIdOffset + sizeof(uint))
            return null;
        byte[] functions = new byte[known.FunctionInfoSize];
        ProgramInfoData data = default;
        fixed (byte* pointer = functions)
        {
            data.FunctionInfoSize = known.FunctionInfoSize;
            data.FunctionInfo = (ulong)pointer;
            data.FunctionInfoCount = 1;
            if (KernelCall.GetInfo(program, &data, sizeof(ProgramInfoData)) != Errno.Ok)
                return null;
        }
        if (!MapBtf.TryRead(BpfHost.Kernel, known.BtfId, out Btf? btf))
            return null;
        uint type = MemoryMarshal.Read<uint>(functions.AsSpan(typeIdOffset));
        return type < btf.Count ? btf[type].Name : null;
    }
}
