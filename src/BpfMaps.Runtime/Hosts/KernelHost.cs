using System.Runtime.InteropServices;
using BpfMaps.Interop;

namespace BpfMaps;

/// <summary>The running kernel. This part creates, opens and describes maps; the other part accesses their elements.</summary>
internal sealed unsafe partial class KernelHost : BpfHost
{
    private const string PossibleCpusFile = "/sys/devices/system/cpu/possible";

    private static readonly KernelHost s_instance = new();

    private int[]? _possibleCpus;
    private volatile object? _honorsTrieFlags; // a bool, once it is known

    private KernelHost() { }

    public static KernelHost Instance => BpfSyscall.IsSupportedPlatform ? s_instance : throw KernelUsability.PlatformNotSupported();

    public override ReadOnlySpan<int> PossibleCpus => _possibleCpus ??= ReadPossibleCpus();

    /// <remarks>A lack of descriptors or privileges is not remembered, because it can be temporary.</remarks>
    internal override bool HonorsTrieFlags => (bool)((_honorsTrieFlags ??= TrieFlagsProbe.Run(this)) ?? false);

    public override bool SupportsMapType(BpfMapType type) => MapTypeProbe.Run(this, type);

    internal override int CreateMap(in BpfMapCreateArguments arguments, out SafeHandle? map)
    {
        map = null;
        using HeldDescriptor inner = new(arguments.InnerMap);
        using HeldDescriptor btf = new(arguments.Btf);
        if (inner.IsDisposed || btf.IsDisposed)
            return Errno.EBADF;

        MapCreateAttribute attribute = default;
        attribute.MapType = (uint)arguments.Type;
        attribute.KeySize = arguments.KeySize;
        attribute.ValueSize = arguments.ValueSize;
        attribute.MaxEntries = arguments.MaxEntries;
        attribute.MapFlags = (uint)arguments.Flags;
        attribute.InnerMapFd = inner.Descriptor;
        attribute.NumaNode = arguments.NumaNode;
        attribute.IfIndex = arguments.InterfaceIndex;
        attribute.BtfFd = btf.Descriptor;
        attribute.BtfKeyTypeId = arguments.BtfKeyTypeId;
        attribute.BtfValueTypeId = arguments.BtfValueTypeId;
        attribute.BtfVmlinuxValueTypeId = arguments.BtfVmlinuxValueTypeId;
        attribute.MapExtra = arguments.MapExtra;
        arguments.Name.CopyTo(attribute.MapName);
        int result = BpfSyscall.Invoke(BpfCommand.MapCreate, &attribute, attribute.UsedSize);
        // Old kernels count the memory of maps against a limit that is usually far too low.
        if (result == -Errno.EPERM && LockedMemory.TryRaise())
            result = BpfSyscall.Invoke(BpfCommand.MapCreate, &attribute, attribute.UsedSize);
        return Opened(result, out map);
    }

    internal override int OpenPinnedMap(string path, BpfMapAccess access, out SafeHandle? map)
    {
        int errno = Opened(PinPath.InvokeByPath(BpfCommand.ObjGet, path, 0, FileFlags(access)), out map);
        return errno != 0 ? errno : RefuseWhatIsNoMap(ref map);
    }

    internal override int OpenMapById(uint id, BpfMapAccess access, out SafeHandle? map)
    {
        ObjectIdAttribute attribute = default;
        attribute.Id = id;
        attribute.OpenFlags = FileFlags(access);
        return Opened(BpfSyscall.Invoke(BpfCommand.MapGetFdById, &attribute, (uint)sizeof(ObjectIdAttribute)), out map);
    }

    internal override int DuplicateDescriptor(int descriptor, out SafeHandle? map)
    {
        int duplicate = Libc.Fcntl(descriptor, Libc.FcntlDuplicateCloseOnExec, 0);
        int errno = Opened(duplicate >= 0 ? duplicate : -Marshal.GetLastSystemError(), out map);
        return errno != 0 ? errno : RefuseWhatIsNoMap(ref map);
    }

    internal override int GetNextMapId(uint id, out uint nextId)
    {
        ObjectIdAttribute attribute = default;
        attribute.Id = id;
        int result = BpfSyscall.Invoke(BpfCommand.MapGetNextId, &attribute, (uint)sizeof(ObjectIdAttribute));
        nextId = attribute.NextId;
        return result < 0 ? -result : Errno.Ok;
    }

    internal override int LoadBtf(ReadOnlySpan<byte> btf, out SafeHandle? handle)
    {
        fixed (byte* pointer = btf)
        {
            BtfLoadAttribute attribute = default;
            attribute.Btf = (ulong)pointer;
            attribute.BtfSize = (uint)btf.Length;
            return Opened(BpfSyscall.Invoke(BpfCommand.BtfLoad, &attribute, BtfLoadAttribute.UsedSize), out handle);
        }
    }

    internal override int OpenBtfById(uint id, out SafeHandle? btf)
    {
        ObjectIdAttribute attribute = default;
        attribute.Id = id;
        return Opened(BpfSyscall.Invoke(BpfCommand.BtfGetFdById, &attribute, ObjectIdAttribute.BtfSize), out btf);
    }

    internal override int GetBtfData(SafeHandle btf, Span<byte> buffer, out int size)
    {
        size = 0;
        using HeldDescriptor held = new(btf);
        if (held.IsDisposed)
            return Errno.EBADF;

        fixed (byte* pointer = buffer)
        {
            BtfInfoData info = default;
            info.Btf = (ulong)pointer;
            info.BtfSize = (uint)buffer.Length;
            ObjectInfoAttribute attribute = default;
            attribute.BpfFd = (uint)held.Descriptor;
            attribute.InfoLength = (uint)sizeof(BtfInfoData);
            attribute.Info = (ulong)&info;
            int result = BpfSyscall.Invoke(BpfCommand.ObjGetInfoByFd, &attribute, (uint)sizeof(ObjectInfoAttribute));
            size = (int)info.BtfSize;
            return result < 0 ? -result : Errno.Ok;
        }
    }

    internal override int Pin(SafeHandle map, string path)
    {
        using HeldDescriptor held = new(map);
        if (held.IsDisposed)
            return Errno.EBADF;

        int result = PinAt(path, held.Descriptor);
        return result < 0 ? -result : Errno.Ok;
    }

    internal override int Unpin(string path)
    {
        int errno = PinPath.Open(path, out PinPath? pin);
        if (errno != Errno.Ok)
            return errno;
        using (pin)
            return pin!.Remove();
    }

    internal override string? ExplainCreation(BpfMapType type, int errno) => KernelAdvice.ForCreation(type, errno);

    internal override string? Explain(BpfCommand command, int errno, string? path) => KernelAdvice.For(command, errno, path);

    /// <summary>
    /// Executes BPF_OBJ_PIN in the directory of a path, or with the path if no descriptor is left for the directory.
    /// </summary>
    private static int PinAt(string path, int descriptor)
    {
        int errno = PinPath.Open(path, out PinPath? pin);
        if (errno is Errno.EMFILE or Errno.ENFILE)
            return PinPath.InvokeByPath(BpfCommand.ObjPin, path, descriptor, flags: 0);
        if (errno != Errno.Ok)
            return -errno;
        using (pin)
            return pin!.Invoke(BpfCommand.ObjPin, descriptor, flags: 0);
    }

    private static uint FileFlags(BpfMapAccess access) =>
        access switch
        {
            BpfMapAccess.ReadOnly => (uint)BpfMapFlags.ReadOnly,
            BpfMapAccess.WriteOnly => (uint)BpfMapFlags.WriteOnly,
            _ => 0,
        };

    private static int Opened(int result, out SafeHandle? handle)
    {
        if (result < 0)
        {
            handle = null;
            return -result;
        }

        handle = new BpfDescriptor(result);
        return Errno.Ok;
    }

    /// <summary>Rejects programs and links, which can be pinned too and whose info would be misread as that of a map.</summary>
    private static int RefuseWhatIsNoMap(ref SafeHandle? map)
    {
        if (IsMap((int)map!.DangerousGetHandle()))
            return Errno.Ok;
        map.Dispose();
        map = null;
        return Errno.EINVAL;
    }

    /// <summary>Returns whether a descriptor of a BPF object is one of a map.</summary>
    private static bool IsMap(int descriptor)
    {
        // A batch of no elements: the kernel takes it for a map, or refuses it for another reason than EINVAL. It is several times faster
        // than /proc. EINVAL also comes from kernels without batches (before Linux 5.6).
        BatchAttribute attribute = default;
        attribute.MapFd = (uint)descriptor;
        if (BpfSyscall.Invoke(BpfCommand.MapLookupBatch, &attribute, (uint)sizeof(BatchAttribute)) != -Errno.EINVAL)
            return true;
        // Without /proc, the object cannot be identified; the first command on the map fails with EINVAL.
        return ProcFs.DescriptorKind(descriptor) is null or "anon_inode:bpf-map";
    }

    private static int[] ReadPossibleCpus()
    {
        int errno = SystemFile.TryRead(PossibleCpusFile, out string text);
        if (errno != Errno.Ok)
        {
            string? advice =
                errno == Errno.ENOENT
                    ? "Per-CPU values require the list of the possible CPUs: mount sysfs ('mount -t sysfs sysfs /sys')."
                    : KernelAdvice.For(BpfCommand.Open, errno, path: null);
            throw BpfException.Of($"Reading {PossibleCpusFile}", errno, BpfCommand.Open, mapName: null, advice);
        }

        return CpuList.TryParse(text, out int[] cpus)
            ? cpus
            : throw new InvalidDataException($"{PossibleCpusFile} contains '{text.Trim()}'; expected a list of CPUs such as '0-3,8'.");
    }
}
