using BpfMaps.Generators.Model;

namespace BpfMaps.Generators.Emission;

/// <summary>
/// Writes the class that carries the header in the assembly. A constant costs nothing at run time, and trimming removes it; the tool reads
/// it from metadata (<c>ExportedHeader</c> there).
/// </summary>
internal static class ExportedHeaderEmitter
{
    public const string HintName = "ExportedHeader.BpfMap.g.cs";

    public static string Emit(HeaderSpec spec) =>
        GeneratedFile.Write(
            "BpfMaps.Generated",
            [],
            writer =>
            {
                writer.WriteLine(
                    $"""
                    /// <summary>The C header of this assembly, which the build writes to a file.</summary>
                    {GeneratedFile.Mark}
                    [global::System.ComponentModel.EditorBrowsable(global::System.ComponentModel.EditorBrowsableState.Never)]
                    internal static class ExportedHeader
                    """
                );
                writer.OpenBlock();
                writer.WriteLine("/// <summary>The text of the header.</summary>");
                writer.WriteVerbatim($"    internal const string Text = @\"{HeaderEmitter.Emit(spec).Replace("\"", "\"\"")}\";");
                writer.CloseBlock();
            },
            isNullable: false
        );
}
