using BpfMaps.Generators.Tests.Harness;
using Microsoft.CodeAnalysis;
using static BpfMaps.Generators.Tests.Harness.SnapshotVerifier;

namespace BpfMaps.Generators.Tests;

/// <summary>The generated code of maps that contain kernel objects, or values that belong to them.</summary>
public sealed class EmittedHolderTests
{
    [Fact]
    public Task ArrayOfMaps_InnerStruct() =>
        VerifySource(
            """
            using BpfMaps;
            using static BpfMaps.BpfMapType;

            namespace Acme
            {
                [BpfMap(Type = Hash, Key = typeof(uint))]
                public struct Hits { public ulong Count; }

                [BpfMap(Type = ArrayOfMaps, Inner = typeof(Hits), MaxEntries = 16)]
                public sealed partial class Shards;
            }
            """
        );

    [Fact]
    public Task HashOfMaps_InnerClass() =>
        VerifySource(
            """
            using BpfMaps;
            using static BpfMaps.BpfMapType;

            public partial class Outer
            {
                [BpfMap(Type = Stack, Value = typeof(int))]
                internal sealed partial class Undo;

                [BpfMap(Type = HashOfMaps, Key = typeof(Be32), Inner = typeof(Undo), Flags = BpfMapFlags.NoPrealloc)]
                internal sealed partial class Histories;
            }
            """
        );

    [Fact]
    public Task ProgArray_HoldsPrograms() =>
        VerifySource(
            """
            using BpfMaps;
            using static BpfMaps.BpfMapType;

            [BpfMap(Type = ProgArray, MaxEntries = 8)]
            public sealed partial class Jumps;
            """
        );

    [Fact]
    public Task DevMapHash_ValueSize() =>
        VerifySource(
            """
            using BpfMaps;
            using static BpfMaps.BpfMapType;

            [BpfMap(Type = DevMapHash, ValueSize = 4, MaxEntries = 64)]
            public sealed partial class Devices;
            """
        );

    [Fact]
    public Task CpuMap_SizesItself() =>
        VerifySource(
            """
            using BpfMaps;
            using static BpfMaps.BpfMapType;

            [BpfMap(Type = CpuMap)]
            internal sealed partial class Cpus;
            """
        );

    [Fact]
    public Task LocalStorages_HaveNoKeyAndNoCapacity() =>
        VerifySource(
            """
            using BpfMaps;
            using static BpfMaps.BpfMapType;

            namespace Acme;

            [BpfMap(Type = SkStorage, Flags = BpfMapFlags.Clone)]
            public struct ConnStats { public ulong Packets, Bytes; }

            [BpfMap(Type = TaskStorage, Value = typeof(ulong), KeySize = 4, Name = "starts")]
            public sealed partial class Starts;

            [BpfMap(Type = InodeStorage)]
            public struct FileLabel { public BpfSpinLock Lock; public uint Id; }

            [BpfMap(Type = CgrpStorage, MaxEntries = 0)]
            public struct GroupBudget { public ulong Left; }
            """
        );

    [Fact]
    public Task CgroupStorages_KeysOfBothForms() =>
        VerifySource(
            """
            using BpfMaps;
            using static BpfMaps.BpfMapType;

            [BpfMap(Type = CgroupStorage)]
            public struct GroupStats { public ulong Packets, Bytes; }

            [BpfMap(Type = PerCpuCgroupStorage, Key = typeof(ulong), Value = typeof(ulong))]
            public sealed partial class GroupPackets;
            """
        );

    [Fact]
    public Task SockHash_NestedKey() =>
        VerifySource(
            """
            using BpfMaps;
            using static BpfMaps.BpfMapType;

            namespace Acme;

            [BpfMap(Type = SockHash, MaxEntries = 1024)]
            public sealed partial class Peers
            {
                public struct Key { public Be32 Address; public Be16 Port; public ushort Zone; }
            }
            """
        );

    private static Task VerifySource(
        string source,
        bool allowUnsafe = false,
        [System.Runtime.CompilerServices.CallerMemberName] string method = ""
    )
    {
        GeneratorDriver driver = Generation.RunClean(source, allowUnsafe);
        return Verify(driver, method);
    }
}
