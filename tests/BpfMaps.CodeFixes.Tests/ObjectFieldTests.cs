using BpfMaps.CodeFixes.Objects;
using BpfMaps.CodeFixes.Tests.Harness;
using static BpfMaps.CodeFixes.Tests.Harness.FlowObject;

namespace BpfMaps.CodeFixes.Tests;

/// <summary>Fixes that change the fields of declared types to match the BPF object.</summary>
public sealed class ObjectFieldTests
{
    [Fact]
    public Task TypeThatIsNotTheObjects_IsRepairedInsteadOfItsDeclaredSize() =>
        Layout(
            LayoutFixProvider.Replace,
            """
            [BpfMap(Type = Hash, ValueSize = {|BPFMAP025:24|})]
            public struct Flows
            {
                public struct Key { public Be32 Address; public ushort Port, Zone; }

                public ulong Packets;
                public ulong {|BPFMAP043:Bytes|};
            }
            """,
            """
            [BpfMap(Type = Hash, ValueSize = 24)]
            public struct {|BPFMAP027:Flows|}
            {
                public struct Key { public Be32 Address; public ushort Port, Zone; }

                public ulong Packets;
                public uint Errors;
                public ulong Bytes;
            }
            """
        );

    [Fact]
    public Task Fields_ArePutInTheOrderOfTheObject() =>
        Layout(
            LayoutFixProvider.Reorder,
            """
            [BpfMap(Type = Hash)]
            public struct Flows
            {
                public struct Key
                {
                    public ushort {|BPFMAP042:Port|}, Zone;

                    /// <summary>Where from.</summary>
                    public Be32 Address;
                }

                public ulong Packets;
                public uint Errors;
                private uint _pad0;
                public ulong Bytes;
            }
            """,
            """
            [BpfMap(Type = Hash)]
            public struct Flows
            {
                public struct Key
                {

                    /// <summary>Where from.</summary>
                    public Be32 Address;
                    public ushort Port;
                    public ushort Zone;
                }

                public ulong Packets;
                public uint Errors;
                private uint _pad0;
                public ulong Bytes;
            }
            """
        );

    [Fact]
    public Task Padding_IsAddedWhereTheObjectHasIt() =>
        Layout(
            LayoutFixProvider.Pad,
            """
            [BpfMap(Type = Hash), StructLayout(LayoutKind.Sequential, Pack = 4)]
            public struct Flows
            {
                public struct Key { public Be32 Address; public ushort Port, Zone; }

                public ulong Packets;
                public uint Errors;
                public ulong {|BPFMAP043:Bytes|}; // all of them
            }
            """,
            """
            [BpfMap(Type = Hash), StructLayout(LayoutKind.Sequential, Pack = 4)]
            public struct Flows
            {
                public struct Key { public Be32 Address; public ushort Port, Zone; }

                public ulong Packets;
                public uint Errors;
                private uint _pad0;
                public ulong Bytes; // all of them
            }
            """
        );

    [Fact]
    public Task Field_GetsTheTypeOfTheObjects() =>
        Layout(
            LayoutFixProvider.Retype,
            "[BpfMap(Type = Hash)] public struct Flows { "
                + Key
                + " public ulong Packets; public uint Errors; "
                + Padding
                + " public long {|BPFMAP043:Bytes|}; }",
            "[BpfMap(Type = Hash)] public struct Flows { "
                + Key
                + " public ulong Packets; public uint Errors; "
                + Padding
                + " public ulong Bytes; }"
        );

    [Fact]
    public Task Fields_AreReplacedByTheObjects() =>
        Layout(
            LayoutFixProvider.Replace,
            """
            [BpfMap(Type = Hash)]
            public struct Flows
            {
                public struct Key { public ulong {|BPFMAP042:Everything|}; }

                public ulong Packets;
                public uint Errors;
                private uint _pad0;
                public ulong Bytes;

                /// <summary>Nothing at all.</summary>
                public static Flows Nothing() => default;
            }
            """,
            """
            [BpfMap(Type = Hash)]
            public struct Flows
            {
                public struct Key
                {
                    public Be32 Address;
                    public ushort Port;
                    public ushort Zone;
                }

                public ulong Packets;
                public uint Errors;
                private uint _pad0;
                public ulong Bytes;

                /// <summary>Nothing at all.</summary>
                public static Flows Nothing() => default;
            }
            """
        );

    [Fact]
    public Task ReplacedFields_HaveTypesOfTheirOwn() =>
        Fix.VerifyWithLayout<LayoutFixProvider>(
            Head
                + """
                map events type=Queue key-size=0 value=struct:event value-size=80 max-entries=1024
                type enum:verdict base=u32
                  value VERDICT_PASS 0
                  value VERDICT_DROP 1
                type struct:event size=80 align=8
                  field 0 u32 version bits=0:4
                  field 0 u32 length bits=4:12
                  field 4 union:event.1 -
                  field 20 enum:verdict verdict
                  field 24 char[16] comm
                  field 40 struct:point[3] path
                  field 64 u16[3] ports
                  field 72 s64 when as=ktime_t
                type struct:point size=8 align=4
                  field 0 s32 x
                  field 4 s32 y
                type union:event.1 size=16 align=4
                  field 0 u32 v4 as=__be32
                  field 0 u8[16] v6

                """,
            """
            [BpfMap(Type = Queue)]
            public struct Events
            {
                public ulong {|BPFMAP043:Unknown|};
            }
            """,
            """
            [StructLayout(LayoutKind.Explicit, Size = 80)]
            [BpfMap(Type = Queue)]
            public struct {|BPFMAP027:Events|}
            {
                [FieldOffset(0)] public uint VersionLength; // version : 4, length : 12
                [FieldOffset(4)] public Be32 V4;
                [FieldOffset(4)] public Bytes16 V6;
                [FieldOffset(20)] public VerdictEnum Verdict;
                [FieldOffset(24)] public BpfText<Bytes16> Comm;
                [FieldOffset(40)] public PathArray Path;
                [FieldOffset(64)] public PortsArray Ports;
                [FieldOffset(72)] public long When;

                public enum VerdictEnum : uint
                {
                    VerdictPass = 0,
                    VerdictDrop = 1,
                }

                public struct Point
                {
                    public int X;
                    public int Y;
                }

                [InlineArray(3)]
                public struct PathArray
                {
                    private Point _first;
                }

                [InlineArray(3)]
                public struct PortsArray
                {
                    private ushort _first;
                }
            }
            """,
            LayoutFixProvider.Replace
        );

    /// <summary>A key that is generated from the object has no warning about padding.</summary>
    [Fact]
    public Task ReplacedFieldsOfAKey_NameItsPadding() =>
        Fix.VerifyWithLayout<LayoutFixProvider>(
            PaddedKey,
            """
            [BpfMap(Type = Hash)]
            public struct Flows
            {
                public struct Key
                {
                    public ulong {|BPFMAP042:Everything|};
                }

                public ulong Packets;
            }
            """,
            """
            [BpfMap(Type = Hash)]
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
            """,
            LayoutFixProvider.Replace
        );

    private static Task Layout(string key, string source, string @fixed) =>
        Fix.VerifyWithLayout<LayoutFixProvider>(Flow, source, @fixed, key);
}
