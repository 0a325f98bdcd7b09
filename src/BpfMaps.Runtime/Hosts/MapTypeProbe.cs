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
        int errno = Create(host, type, MapTypeFacts.Of(type).RequiredFlags);
        // struct_ops requires a structure in the BTF of the kernel; an error from searching it shows that the type is supported.
        if (type == BpfMapType.StructOps)
            return errno is Errno.ENOTSUPP or Errno.Ok;
        if (errno is Errno.EPERM or Errno.EACCES)
            throw new BpfPermissionException(
                $"Determining whether maps of type {type} are supported failed: {BpfCommand.MapCreate.Name()} returned {Errno.Describe(errno)}. {host.ExplainCreation(type, errno)}",
                errno,
                BpfCommand.MapCreate.Name()
            );
        // An exhausted resource says nothing about the type.
        if (errno is Errno.EMFILE or Errno.ENFILE or Errno.ENOMEM or Errno.EAGAIN or Errno.EINTR)
            throw BpfException.Of(
                $"Determining whether maps of type {type} are supported",
                errno,
                BpfCommand.MapCreate,
                mapName: null,
                host.ExplainCreation(type, errno)
            );
        return errno == Errno.Ok;
    }

    /// <summary>Creates the smallest map of a type with the given flags, and closes it.</summary>
    /// <returns>0, or the error number.</returns>
    public static int Create(BpfHost host, BpfMapType type, BpfMapFlags flags) =>
        MapTypeFacts.Of(type) switch
        {
            { HoldsMaps: true } => CreateOuter(host, type, flags),
            { IsLocalStorage: true } => CreateStorage(host, type, flags),
            _ => Create(host, Smallest(type, flags)),
        };

    private static BpfMapCreateArguments Smallest(BpfMapType type, BpfMapFlags flags, SafeHandle? inner = null, SafeHandle? btf = null)
    {
        MapTypeFacts facts = MapTypeFacts.Of(type);
        return new BpfMapCreateArguments
        {
            Type = type,
            KeySize = facts.Keys switch
            {
                MapKeyRule.Prefix => 8,
                MapKeyRule.CgroupStorage => 16,
                _ => (uint)(facts.KeySize ?? 4),
            },
            ValueSize = facts switch
            {
                { IsRing: true } or { Values: MapValueRule.Memory } => 0,
                { Values: MapValueRule.Frames } => (uint)MapTypeFacts.FrameSize(flags),
                { Values: MapValueRule.Any } => 8,
                _ => 4,
            },
            MaxEntries = facts.Capacity switch
            {
                MapCapacityRule.None => 0,
                MapCapacityRule.Bytes => (uint)Environment.SystemPageSize,
                _ => 1,
            },
            Flags = flags,
            BtfVmlinuxValueTypeId = type == BpfMapType.StructOps ? 1u : 0,
            InnerMap = inner,
            Btf = btf,
            BtfKeyTypeId = btf is null ? 0u : BtfKeyType,
            BtfValueTypeId = btf is null ? 0u : BtfValueType,
        };
    }

    private static int Create(BpfHost host, in BpfMapCreateArguments arguments)
    {
        int errno = host.CreateMap(arguments, out SafeHandle? map);
        map?.Dispose();
        return errno;
    }

    private static int CreateOuter(BpfHost host, BpfMapType type, BpfMapFlags flags)
    {
        int errno = host.CreateMap(Smallest(BpfMapType.Hash, BpfMapFlags.None), out SafeHandle? inner);
        if (errno != Errno.Ok)
            return errno;

        using (inner)
            return Create(host, Smallest(type, flags, inner));
    }

    private static int CreateStorage(BpfHost host, BpfMapType type, BpfMapFlags flags)
    {
        int errno = host.LoadBtf(MemoryMarshal.AsBytes<uint>(StorageBtf), out SafeHandle? btf);
        if (errno != Errno.Ok)
            return errno;

        using (btf)
            return Create(host, Smallest(type, flags, btf: btf));
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
