using System.Runtime.InteropServices;

namespace BpfMaps;

/// <summary>Determines whether a host supports a map type by creating the smallest map of the type.</summary>
internal static class MapTypeProbe
{
    // Types in StorageBtf.
    private const int BtfKeyType = 1;
    private const int BtfValueType = 3;

    public static bool Run(BpfHost host, BpfMapType type)
    {
        int errno = type switch
        {
            BpfMapType.ArrayOfMaps or BpfMapType.HashOfMaps => CreateOuter(host, type),
            BpfMapType.SkStorage or BpfMapType.InodeStorage or BpfMapType.TaskStorage or BpfMapType.CgrpStorage => CreateStorage(
                host,
                type
            ),
            _ => Create(host, Smallest(type)),
        };

        // struct_ops requires a structure in the BTF of the kernel; an error from searching it shows that the type is supported.
        if (type == BpfMapType.StructOps)
            return errno is Errno.ENOTSUPP or Errno.Ok;
        if (errno is Errno.EPERM or Errno.EACCES)
            throw new BpfPermissionException(
                $"Determining whether maps of type {type} are supported failed: BPF_MAP_CREATE returned {Errno.Describe(errno)}. {host.ExplainCreation(type, errno)}",
                errno,
                "BPF_MAP_CREATE"
            );
        // An exhausted resource says nothing about the type.
        if (errno is Errno.EMFILE or Errno.ENFILE or Errno.ENOMEM or Errno.EAGAIN or Errno.EINTR)
            throw BpfException.Of(
                $"Determining whether maps of type {type} are supported",
                errno,
                "BPF_MAP_CREATE",
                mapName: null,
                host.ExplainCreation(type, errno)
            );
        return errno == Errno.Ok;
    }

    private static BpfMapCreateArguments Smallest(BpfMapType type)
    {
        (uint key, uint value, uint entries, BpfMapFlags flags, uint vmlinuxType) = type switch
        {
            BpfMapType.StackTrace => (4u, 8u, 1u, BpfMapFlags.None, 0u),
            BpfMapType.LpmTrie => (8u, 8u, 1u, BpfMapFlags.NoPrealloc, 0u),
            BpfMapType.CgroupStorage or BpfMapType.PerCpuCgroupStorage => (16u, 8u, 0u, BpfMapFlags.None, 0u),
            BpfMapType.Queue or BpfMapType.Stack or BpfMapType.BloomFilter => (0u, 4u, 1u, BpfMapFlags.None, 0u),
            BpfMapType.RingBuf or BpfMapType.UserRingBuf => (0u, 0u, (uint)Environment.SystemPageSize, BpfMapFlags.None, 0u),
            BpfMapType.Arena => (0u, 0u, 1u, BpfMapFlags.Mmapable, 0u),
            BpfMapType.StructOps => (4u, 4u, 1u, BpfMapFlags.None, 1u),
            _ => (4u, 4u, 1u, BpfMapFlags.None, 0u),
        };
        return new BpfMapCreateArguments
        {
            Type = type,
            KeySize = key,
            ValueSize = value,
            MaxEntries = entries,
            Flags = flags,
            BtfVmlinuxValueTypeId = vmlinuxType,
        };
    }

    private static int Create(BpfHost host, in BpfMapCreateArguments arguments)
    {
        int errno = host.CreateMap(arguments, out SafeHandle? map);
        map?.Dispose();
        return errno;
    }

    private static int CreateOuter(BpfHost host, BpfMapType type)
    {
        int errno = host.CreateMap(Smallest(BpfMapType.Hash), out SafeHandle? inner);
        if (errno != Errno.Ok)
            return errno;

        using (inner)
            return Create(
                host,
                new BpfMapCreateArguments
                {
                    Type = type,
                    KeySize = 4,
                    ValueSize = 4,
                    MaxEntries = 1,
                    InnerMap = inner,
                }
            );
    }

    private static int CreateStorage(BpfHost host, BpfMapType type)
    {
        int errno = host.LoadBtf(MemoryMarshal.AsBytes<uint>(StorageBtf), out SafeHandle? btf);
        if (errno != Errno.Ok)
            return errno;

        using (btf)
        {
            return Create(
                host,
                new BpfMapCreateArguments
                {
                    Type = type,
                    KeySize = 4,
                    ValueSize = 8,
                    MaxEntries = 0,
                    Flags = BpfMapFlags.NoPrealloc,
                    Btf = btf,
                    BtfKeyTypeId = BtfKeyType,
                    BtfValueTypeId = BtfValueType,
                }
            );
        }
    }

    // Local storages require BTF; this is the smallest that the kernel accepts. All fields have 32 bits and so get the byte order of the
    // machine. Only the first word of the header (magic u16, version u8, flags u8) and the strings are encoded by hand.
    private static uint[] StorageBtf
    {
        get
        {
            const uint kindInt = 1u << 24,
                kindStruct = 4u << 24;
            const uint signedInt = 1u << 24 | 32;
            const uint val = 1,
                cnt = 5,
                l = 9,
                lockName = 11; // offsets in the strings below
            uint[] types =
            [
                0,
                kindInt,
                4,
                signedInt, // [1] int (no name needed)
                lockName,
                kindStruct | 1,
                4,
                val,
                1,
                0, // [2] struct bpf_spin_lock { int val; }
                val,
                kindStruct | 2,
                8,
                cnt,
                1,
                0,
                l,
                2,
                32, // [3] struct val { int cnt; struct bpf_spin_lock l; }
            ];
            ReadOnlySpan<byte> strings = "\0val\0cnt\0l\0bpf_spin_lock\0\0\0\0"u8;
            uint typeBytes = (uint)types.Length * sizeof(uint);
            uint firstWord = BitConverter.IsLittleEndian ? 0x0001_eb9fu : 0xeb9f_0100u;
            uint[] btf =
            [
                firstWord,
                24,
                0,
                typeBytes,
                typeBytes,
                (uint)strings.Length,
                .. types,
                .. MemoryMarshal.Cast<byte, uint>(strings),
            ];
            return btf;
        }
    }
}
