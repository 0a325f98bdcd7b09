using BpfMaps.Generators.Analyzers;
using BpfMaps.Generators.Tests.Harness;

namespace BpfMaps.Generators.Tests.Diagnostics;

/// <summary>Map types without declared values.</summary>
public sealed class HeldValueTests
{
    private const string Hits = "[BpfMap(Type = Hash, Key = typeof(uint))] public struct Hits { public ulong Count; }\n";

    [Fact]
    public Task ValueOfAKindThatDecidesIt_IsReported() =>
        Verify(
            Hits
                + "[BpfMap(Type = ArrayOfMaps, {|BPFMAP045:Value = typeof(uint)|}, Inner = typeof(Hits))] public sealed partial class Shards;",
            "The values of ArrayOfMaps maps are maps and are not declared, but 'Shards' sets Value: remove it"
        );

    [Fact]
    public Task StructOfAKindThatDecidesItsValue_IsReported() =>
        Verify(
            Hits
                + "[BpfMap(Type = HashOfMaps, Key = typeof(uint), Inner = typeof(Hits))] public struct {|BPFMAP045:Shard|} { public uint Id; }",
            "The values of HashOfMaps maps are maps and are not declared, but 'Shard' is a struct, which would be the value: put the attribute on a partial class instead"
        );

    [Fact]
    public Task ValueSizeThatTheKernelRefuses_IsReported() =>
        Verify(
            Hits + "[BpfMap(Type = ArrayOfMaps, Inner = typeof(Hits), ValueSize = {|BPFMAP031:8|})] public sealed partial class Shards;",
            "ValueSize of 'Shards' is 8, but values of ArrayOfMaps maps are 4 bytes: file descriptors when written, ids when read"
        );

    [Fact]
    public Task ValueSizesOfMapsThatRedirect_AreFourOrEight() =>
        Verify(
            """
            [BpfMap(Type = DevMap, ValueSize = {|BPFMAP031:12|})] public sealed partial class Devices;
            [BpfMap(Type = CpuMap, ValueSize = {|BPFMAP031:2|})] public sealed partial class Cpus;
            [BpfMap(Type = DevMapHash, ValueSize = 4)] public sealed partial class ByKey;
            [BpfMap(Type = DevMap, ValueSize = 8, Name = "others")] public sealed partial class Others;
            """,
            "ValueSize of 'Devices' is 12, but values of DevMap maps are 8 bytes, or 4 bytes without a program",
            "ValueSize of 'Cpus' is 2, but values of CpuMap maps are 8 bytes, or 4 bytes without a program"
        );

    [Fact]
    public Task DepthOfStacks_IsDeclaredByTheirSize() =>
        Verify(
            """
            [InlineArray(20)] public struct Frames { private ulong _first; }
            [BpfMap(Type = StackTrace, {|BPFMAP045:Value = typeof(Frames)|})] public sealed partial class A;
            [BpfMap(Type = StackTrace, ValueSize = {|BPFMAP031:20|}, Name = "b")] public sealed partial class B;
            [BpfMap(Type = StackTrace, ValueSize = {|BPFMAP031:128 * 8|}, Name = "c")] public sealed partial class C;
            [BpfMap(Type = StackTrace, ValueSize = {|BPFMAP031:8|}, Flags = BpfMapFlags.StackBuildId, Name = "d")] public sealed partial class D;
            [BpfMap(Type = StackTrace, ValueSize = 127 * 32, Flags = BpfMapFlags.StackBuildId, Name = "e")] public sealed partial class E;
            """,
            "The values of StackTrace maps are stacks and are not declared, but 'A' sets Value: remove it, and set ValueSize if stacks are not 127 frames deep",
            "ValueSize of 'B' is 20, but values of StackTrace maps are 1 to 127 frames of 8 bytes",
            "ValueSize of 'C' is 1024, but values of StackTrace maps are 1 to 127 frames of 8 bytes",
            "ValueSize of 'D' is 8, but values of StackTrace maps are 1 to 127 frames of 32 bytes"
        );

    [Fact]
    public Task ValueSizesOfMapsOfSockets_AreFourOrEight() =>
        Verify(
            """
            [BpfMap(Type = SockMap, ValueSize = {|BPFMAP031:16|})] public sealed partial class Peers;
            [BpfMap(Type = SockHash, ValueSize = 4)] public sealed partial class {|BPFMAP006:ByKey|};
            [BpfMap(Type = ReusePortSockArray, ValueSize = 8)] public sealed partial class Workers;
            """,
            "ValueSize of 'Peers' is 16, but values of SockMap maps are 8 bytes, or 4 bytes without lookups",
            "SockHash maps need a key, but 'ByKey' neither sets Key nor has a nested struct named 'Key': add 'Key = typeof(...)' or the struct"
        );

    [Fact]
    public Task ArenaWithKeysValuesOrTooManyPages_IsReported() =>
        Verify(
            """
            [BpfMap(Type = Arena, {|BPFMAP045:Value = typeof(uint)|}, MaxEntries = 4)] public sealed partial class A;
            [BpfMap(Type = Arena, {|BPFMAP007:Key = typeof(uint)|}, MaxEntries = 4)] public sealed partial class B;
            [BpfMap(Type = Arena, MaxEntries = {|BPFMAP016:1048577|})] public sealed partial class C;
            [BpfMap(Type = Arena, MaxEntries = 1, Flags = {|BPFMAP018:BpfMapFlags.None|})] public sealed partial class D;
            [BpfMap(Type = Arena, MaxEntries = 1)] public struct {|BPFMAP045:E|} { public uint Id; }
            [BpfMap(Type = Arena, MaxEntries = 1048576, KeySize = 0, ValueSize = 0)] public sealed partial class F;
            """
        );

    [Fact]
    public Task ValueSizeThatTheKernelTakes_IsNotReported() =>
        Verify(Hits + "[BpfMap(Type = ArrayOfMaps, Inner = typeof(Hits), ValueSize = 4, KeySize = 4)] public sealed partial class Shards;");

    private static Task Verify(string source, params string[] messages) => Diagnose.Verify<MapDeclarationAnalyzer>(source, messages);
}
