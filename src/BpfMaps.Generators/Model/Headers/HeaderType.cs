using BpfMaps.Generators.Utilities;
using BpfMaps.Metadata;

namespace BpfMaps.Generators.Model;

/// <summary>A struct, union or enumeration of a header.</summary>
/// <param name="Name">The tag in C.</param>
/// <param name="CSharpName">The name in C#, with its containing types.</param>
/// <param name="Alignment">The alignment in C#.</param>
/// <param name="Fields">The fields of a struct or union.</param>
/// <param name="Constants">The constants of an enumeration.</param>
/// <param name="Summary">The summary of its documentation; empty if there is none.</param>
internal sealed record HeaderType(
    string Name,
    string CSharpName,
    BpfTypeKind Kind,
    int Size,
    int Alignment,
    EquatableArray<HeaderField> Fields,
    EquatableArray<HeaderConstant> Constants,
    string Summary
);
