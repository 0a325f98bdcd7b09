using BpfMaps.CodeFixes.Objects;
using BpfMaps.CodeFixes.Tests.Harness;
using static BpfMaps.CodeFixes.Tests.Harness.FlowObject;

namespace BpfMaps.CodeFixes.Tests;

/// <summary>Maps of an object that are declared after an existing declaration.</summary>
public sealed class DeclareMapTests
{
    [Fact]
    public Task KeyOfADeclaredMap_NamesItsPadding() =>
        Fix.VerifyWithLayout<DeclareMapFixProvider>(
            PaddedKey + "map jobs type=Queue key-size=0 value=u64 value-size=8 max-entries=16\n",
            "[BpfMap(Type = Queue, Value = typeof(ulong))] public sealed partial class {|BPFMAP044:Jobs|};\n",
            """
            [BpfMap(Type = Queue, Value = typeof(ulong))] public sealed partial class Jobs;

            [BpfMap(Type = Hash, Name = "flows", MaxEntries = 1024, Object = "flow.bpf.o")]
            public struct Flows
            {
                public struct Key
                {
                    public uint Address;
                    public PointsArray Points;
                    public ushort Port;
                    private ushort _pad0;

                    public struct Point
                    {
                        public byte X;
                        private byte _pad0;
                        public ushort Y;
                    }

                    [InlineArray(2)]
                    public struct PointsArray
                    {
                        private Point _first;
                    }
                }

                public ulong Packets;
            }

            """
        );

    [Fact]
    public Task MapThatNothingDeclares_IsDeclaredBehindAnother() =>
        Fix.VerifyWithLayout<DeclareMapFixProvider>(
            Flow.Replace(
                "map flows",
                "map drops type=PerCpuArray key=u32 key-size=4 value=u64 value-size=8 max-entries=256\nmap flows",
                StringComparison.Ordinal
            ),
            """
            namespace Acme;

            [BpfMap(Type = PerCpuArray, Value = typeof(ulong))]
            public sealed partial class {|BPFMAP044:Drops|};

            internal sealed class Other;
            """,
            """
            namespace Acme;

            [BpfMap(Type = PerCpuArray, Value = typeof(ulong))]
            public sealed partial class Drops;

            [BpfMap(Type = Hash, Name = "flows", MaxEntries = 1024, Flags = BpfMapFlags.NoPrealloc, Object = "flow.bpf.o")]
            public struct {|BPFMAP027:Flows|}
            {
                public struct Key
                {
                    public Be32 Address;
                    public ushort Port;
                    public ushort Zone;
                }

                public ulong Packets;
                public uint Errors;
                public ulong Bytes;
            }

            internal sealed class Other;
            """
        );

    [Fact]
    public Task MapOfNumbers_IsDeclaredAsAClass() =>
        Fix.VerifyWithLayout<DeclareMapFixProvider>(
            Flow.Replace(
                "map flows",
                "map drops type=PerCpuHash key=u32 key-size=4 value=u64 value-size=8 max-entries=256\nmap flows",
                StringComparison.Ordinal
            ),
            "[BpfMap(Type = Hash)] public struct {|BPFMAP044:Flows|} { "
                + Key
                + " public ulong Packets; public uint Errors; "
                + Padding
                + " public ulong Bytes; }\n",
            "[BpfMap(Type = Hash)] public struct Flows { "
                + Key
                + " public ulong Packets; public uint Errors; "
                + Padding
                + " public ulong Bytes; }\n\n"
                + "[BpfMap(Type = PerCpuHash, Key = typeof(uint), Value = typeof(ulong), Name = \"drops\", MaxEntries = 256, Object = \"flow.bpf.o\")]\npublic sealed partial class Drops;\n"
        );
}
