using System.Runtime.InteropServices;

namespace BpfMaps.Interop;

/// <summary>
/// Commands of bpf(2) on programs and links, called without libbpf so that they do not depend on its version. Each method returns 0 or the
/// error number.
/// </summary>
internal static unsafe class KernelCall
{
    /// <summary>Opens a pin of any kind (BPF_OBJ_GET).</summary>
    public static int OpenPinned(string path, out OwnedDescriptor? descriptor) =>
        Adopt(PinPath.InvokeByPath(BpfCommand.ObjGet, path, descriptor: 0, flags: 0), out descriptor);

    public static int OpenById(BpfCommand command, uint id, out OwnedDescriptor? descriptor)
    {
        ObjectIdAttribute attribute = default;
        attribute.Id = id;
        // Programs and links have no access modes.
        return Adopt(BpfSyscall.Invoke(command, &attribute, ObjectIdAttribute.BtfSize), out descriptor);
    }

    /// <summary>Loads a program, and unloads it at once.</summary>
    /// <param name="attribute">The program; its log must be empty.</param>
    /// <param name="isVerified">Whether the verifier has seen the program, also if it rejected it.</param>
    public static int TryLoad(ref ProgramLoadAttribute attribute, out bool isVerified)
    {
        const int LogSize = 4096;
        byte* log = stackalloc byte[LogSize];
        *log = 0;
        attribute.LogLevel = 1;
        attribute.LogSize = LogSize;
        attribute.LogBuffer = (ulong)log;
        int errno;
        OwnedDescriptor? program;
        fixed (ProgramLoadAttribute* pointer = &attribute)
            errno = Adopt(BpfSyscall.Invoke(BpfCommand.ProgLoad, pointer, ProgramLoadAttribute.AttachTypeSize), out program);
        program?.Dispose();
        isVerified = errno == Errno.Ok || *log != 0;
        return errno;
    }

    public static int GetNextId(BpfCommand command, uint id, out uint next)
    {
        ObjectIdAttribute attribute = default;
        attribute.Id = id;
        int errno = Result(BpfSyscall.Invoke(command, &attribute, (uint)sizeof(ObjectIdAttribute)));
        next = attribute.NextId;
        return errno;
    }

    public static int GetInfo(SafeHandle handle, void* info, int size)
    {
        using HeldDescriptor held = new(handle);
        if (held.IsDisposed)
            return Errno.EBADF;
        ObjectInfoAttribute attribute = default;
        attribute.BpfFd = (uint)held.Descriptor;
        attribute.InfoLength = (uint)size;
        attribute.Info = (ulong)info;
        return Result(BpfSyscall.Invoke(BpfCommand.ObjGetInfoByFd, &attribute, (uint)sizeof(ObjectInfoAttribute)));
    }

    public static int CreateLink(ref LinkCreateAttribute attribute, uint size, out OwnedDescriptor? link)
    {
        fixed (LinkCreateAttribute* pointer = &attribute)
            return Adopt(BpfSyscall.Invoke(BpfCommand.LinkCreate, pointer, size), out link);
    }

    /// <summary>Attaches a program to kernel functions by their names.</summary>
    public static int CreateKprobeMulti(
        int program,
        ReadOnlySpan<string> functions,
        ReadOnlySpan<ulong> cookies,
        bool onReturn,
        out OwnedDescriptor? link
    )
    {
        using NativeStrings names = new(functions);
        fixed (nint* symbols = names.Addresses)
        fixed (ulong* values = cookies)
        {
            KprobeMultiAttribute attribute = new()
            {
                Program = program,
                AttachType = KprobeMultiAttribute.Type,
                Flags = onReturn ? KprobeMultiAttribute.OnReturn : 0,
                Count = (uint)functions.Length,
                Symbols = (ulong)symbols,
                Cookies = (ulong)values,
            };
            return Adopt(BpfSyscall.Invoke(BpfCommand.LinkCreate, &attribute, (uint)sizeof(KprobeMultiAttribute)), out link);
        }
    }

    /// <summary>Creates the link of an iterator.</summary>
    /// <param name="program">The program.</param>
    /// <param name="target">The target; of length 0 for iterators without one.</param>
    /// <param name="targetSize">The size of the target in bytes.</param>
    /// <param name="link">The link.</param>
    public static int CreateIteratorLink(int program, in IteratorTarget target, uint targetSize, out OwnedDescriptor? link)
    {
        fixed (IteratorTarget* pointer = &target)
        {
            IteratorAttribute attribute = new()
            {
                Program = program,
                AttachType = IteratorAttribute.Type,
                Target = targetSize == 0 ? 0 : (ulong)pointer,
                TargetSize = targetSize,
            };
            uint size = targetSize == 0 ? LinkCreateAttribute.BaseSize : IteratorAttribute.FullSize;
            return Adopt(BpfSyscall.Invoke(BpfCommand.LinkCreate, &attribute, size), out link);
        }
    }

    /// <summary>Opens a stream of what an iterator prints.</summary>
    public static int CreateIterator(SafeHandle link, out OwnedDescriptor? iterator)
    {
        iterator = null;
        using HeldDescriptor held = new(link);
        if (held.IsDisposed)
            return Errno.EBADF;
        ulong attribute = (uint)held.Descriptor; // The flags, the upper half, are 0.
        if (!BitConverter.IsLittleEndian)
            attribute <<= 32;
        return Adopt(BpfSyscall.Invoke(BpfCommand.IterCreate, &attribute, sizeof(ulong)), out iterator);
    }

    /// <summary>Attaches a program to a raw tracepoint with a cookie.</summary>
    public static int OpenRawTracepoint(string name, int program, ulong cookie, out OwnedDescriptor? link)
    {
        fixed (byte* pointer = Libc.NullTerminatedUtf8(name, stackalloc byte[128]))
        {
            RawTracepointAttribute attribute = new()
            {
                Name = (ulong)pointer,
                Program = program,
                Cookie = cookie,
            };
            return Adopt(BpfSyscall.Invoke(BpfCommand.RawTracepointOpen, &attribute, (uint)sizeof(RawTracepointAttribute)), out link);
        }
    }

    public static int UpdateLink(SafeHandle link, SafeHandle program, SafeHandle? expected)
    {
        using HeldDescriptor heldLink = new(link);
        using HeldDescriptor heldProgram = new(program);
        using HeldDescriptor heldExpected = new(expected);
        if (heldLink.IsDisposed || heldProgram.IsDisposed || heldExpected.IsDisposed)
            return Errno.EBADF;
        LinkUpdateAttribute attribute = new()
        {
            Link = heldLink.Descriptor,
            New = heldProgram.Descriptor,
            Flags = expected is null ? 0 : LinkUpdateAttribute.Replace,
            Expected = heldExpected.Descriptor,
        };
        return Result(BpfSyscall.Invoke(BpfCommand.LinkUpdate, &attribute, (uint)sizeof(LinkUpdateAttribute)));
    }

    public static int DetachLink(SafeHandle link)
    {
        using HeldDescriptor held = new(link);
        if (held.IsDisposed)
            return Errno.EBADF;
        int attribute = held.Descriptor;
        return Result(BpfSyscall.Invoke(BpfCommand.LinkDetach, &attribute, sizeof(int)));
    }

    /// <summary>Enables a kind of statistics until the descriptor is closed (BPF_ENABLE_STATS).</summary>
    public static int EnableStatistics(int type, out OwnedDescriptor? descriptor) =>
        Adopt(BpfSyscall.Invoke(BpfCommand.EnableStats, &type, sizeof(int)), out descriptor);

    private static int Result(int result) => result < 0 ? -result : Errno.Ok;

    private static int Adopt(int result, out OwnedDescriptor? descriptor)
    {
        descriptor = result < 0 ? null : OwnedDescriptor.Own(result);
        return Result(result);
    }
}
