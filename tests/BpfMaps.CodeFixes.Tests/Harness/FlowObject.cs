namespace BpfMaps.CodeFixes.Tests.Harness;

/// <summary>The layout file of <c>flow.bpf.o</c>, and matching parts of declarations.</summary>
internal static class FlowObject
{
    public const string Head = "bpf-layout 1\nobject byte-order=little license=GPL\n";

    public const string Flow =
        Head
        + """
            map flows type=Hash key=struct:key key-size=8 value=struct:stats value-size=24 max-entries=1024 flags=0x1
            type struct:key size=8 align=4
              field 0 u32 address as=__be32
              field 4 u16 port
              field 6 u16 zone
            type struct:stats size=24 align=8
              field 0 u64 packets
              field 8 u32 errors
              field 16 u64 bytes

            """;

    public const string PaddedKey =
        Head
        + """
            map flows type=Hash key=struct:key key-size=16 value=struct:stats value-size=8 max-entries=1024
            type struct:key size=16 align=4
              field 0 u32 address
              field 4 struct:point[2] points
              field 12 u16 port
            type struct:point size=4 align=2
              field 0 u8 x
              field 2 u16 y
            type struct:stats size=8 align=8
              field 0 u64 packets

            """;

    public const string Key = "public struct Key { public Be32 Address; public ushort Port, Zone; }";

    public const string Padding = "private uint _pad0;";
}
