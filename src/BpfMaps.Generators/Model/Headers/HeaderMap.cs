namespace BpfMaps.Generators.Model;

/// <summary>A map definition of a header.</summary>
/// <param name="CSharpName">The name of the declaring type in C#.</param>
/// <param name="MaxEntries"><see langword="null"/> if the C program or its loader chooses it.</param>
/// <param name="Flags">The flags that are part of the definition.</param>
/// <param name="Key"><see langword="null"/> if only <paramref name="KeySize"/> is defined.</param>
/// <param name="Value"><see langword="null"/> if only <paramref name="ValueSize"/> is defined.</param>
/// <param name="Record">The type of the records of a stream; otherwise <see langword="null"/>.</param>
/// <param name="Inner">The definition of the inner maps; <see langword="null"/> unless it is a map of maps.</param>
/// <param name="Summary">The summary of its documentation; empty if there is none.</param>
internal sealed record HeaderMap(
    string Name,
    string CSharpName,
    BpfMapType Type,
    uint? MaxEntries,
    ulong MapExtra,
    BpfMapFlags Flags,
    string? Key,
    int? KeySize,
    string? Value,
    int? ValueSize,
    string? Record,
    HeaderMap? Inner,
    string Summary
);
