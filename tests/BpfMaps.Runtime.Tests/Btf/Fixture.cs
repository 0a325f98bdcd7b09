namespace BpfMaps.Tests;

/// <summary>The objects that tests of BTF read, compiled in the test run.</summary>
internal static class Fixture
{
    public const string LittleEndian = "bpfel";
    public const string BigEndian = "bpfeb";

    /// <summary>Compiles and reads <c>Fixtures/name.bpf.c</c>.</summary>
    public static BpfObjectFile Open(string name, string target = LittleEndian) =>
        BpfObjectFile.Parse(Require.Clang().Compile($"{name}.bpf.c", target), $"{name}.bpf.o");

    /// <summary>The layout of the value of a map in <c>structs.bpf.c</c>.</summary>
    public static BpfTypeLayout Value(string map, string target = LittleEndian)
    {
        BpfMapDefinition found = Open("structs", target).GetMap(map);
        Assert.Null(found.ValueProblem);
        Assert.Equal(found.Value!.Size, found.ValueSize);
        return found.Value;
    }
}
