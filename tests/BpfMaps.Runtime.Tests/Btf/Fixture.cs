using BpfMaps.Metadata;

namespace BpfMaps.Tests;

/// <summary>The objects that BTF tests read, compiled during the test run.</summary>
internal static class Fixture
{
    public const string LittleEndian = "bpfel";
    public const string BigEndian = "bpfeb";

    /// <summary>Compiles and reads <c>Fixtures/name.bpf.c</c>.</summary>
    public static BpfObjectFile Open(string name, string target = LittleEndian) =>
        BpfObjectFile.Parse(Require.Clang().Compile($"{name}.bpf.c", target), $"{name}.bpf.o");

    /// <summary>Gets the layout of a map's value in <c>structs.bpf.c</c>.</summary>
    public static BpfTypeLayout Value(string map, string target = LittleEndian)
    {
        BpfMapDefinition found = Open("structs", target).GetMap(map);
        Assert.Null(found.ValueProblem);
        Assert.Equal(found.Value!.Size, found.ValueSize);
        return found.Value;
    }
}
