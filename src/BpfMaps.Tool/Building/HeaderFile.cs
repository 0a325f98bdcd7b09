using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text;

namespace BpfMaps.Tool.Building;

/// <summary>
/// The C header in an assembly. The generator, which knows all types, writes it as a constant; this reads the constant from metadata, so
/// the assembly is neither loaded nor run, and its references are not needed.
/// </summary>
internal static class HeaderFile
{
    /// <summary>The first line of a request for a header.</summary>
    public const string Version = "bpf-header 1";

    private const string Namespace = "BpfMaps.Generated",
        Class = "ExportedHeader",
        Field = "Text";

    /// <summary>Writes the header that a request names.</summary>
    /// <exception cref="BuildFailure">A name contains a line break.</exception>
    public static void Write(RequestLines lines)
    {
        _ = lines.Take(Version);
        string assembly = lines.Take("assembly");
        string file = lines.Take("header");
        lines.ExpectLeft(0);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        WriteIfChanged(file, Read(assembly));
    }

    /// <summary>Writes a file, unless it has this text already: programs that include it are then not compiled again.</summary>
    public static void WriteIfChanged(string file, string text)
    {
        if (!File.Exists(file) || File.ReadAllText(file) != text)
            File.WriteAllText(file, text, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
    }

    /// <exception cref="InvalidDataException">The file is not an assembly, or has no header.</exception>
    public static string Read(string assembly)
    {
        using FileStream file = File.OpenRead(assembly);
        try
        {
            using PEReader image = new(file);
            if (image.HasMetadata && Find(image.GetMetadataReader()) is { } text)
                return text;
        }
        catch (BadImageFormatException exception)
        {
            throw new InvalidDataException($"'{assembly}' is not an assembly: {exception.Message}", exception);
        }
        throw new InvalidDataException(
            $"'{assembly}' contains no C header; set <BpfExportHeader>true</BpfExportHeader> in its project, and build it"
        );
    }

    private static string? Find(MetadataReader metadata)
    {
        foreach (TypeDefinition type in metadata.TypeDefinitions.Select(metadata.GetTypeDefinition))
        {
            if (metadata.StringComparer.Equals(type.Namespace, Namespace) && metadata.StringComparer.Equals(type.Name, Class))
                return type.GetFields()
                    .Select(metadata.GetFieldDefinition)
                    .Where(field => metadata.StringComparer.Equals(field.Name, Field) && !field.GetDefaultValue().IsNil)
                    .Select(field => metadata.GetConstant(field.GetDefaultValue()))
                    .Where(static constant => constant.TypeCode == ConstantTypeCode.String)
                    .Select(constant => metadata.GetBlobReader(constant.Value).ReadConstant(ConstantTypeCode.String) as string)
                    .FirstOrDefault();
        }
        return null;
    }
}
