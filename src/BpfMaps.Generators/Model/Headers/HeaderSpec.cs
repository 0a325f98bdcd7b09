using BpfMaps.Generators.Utilities;

namespace BpfMaps.Generators.Model;

/// <summary>The C header of an assembly.</summary>
/// <param name="Assembly">The name of the assembly.</param>
/// <param name="Types">The types, each after those that it uses.</param>
/// <param name="Maps">The maps, in the order of files and lines.</param>
internal sealed record HeaderSpec(string Assembly, EquatableArray<HeaderType> Types, EquatableArray<HeaderMap> Maps)
{
    /// <summary>The ending of the file name of a header, after the name of its assembly.</summary>
    public const string Extension = ".bpf.h";
}
