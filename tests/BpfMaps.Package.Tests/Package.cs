using System.IO.Compression;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Xml.Linq;

namespace BpfMaps.Tests;

/// <summary>An opened package.</summary>
internal sealed class Package(string path) : IDisposable
{
    private readonly ZipArchive _archive = ZipFile.OpenRead(path);

    /// <summary>Gets the files of the package, sorted, without those that every package has.</summary>
    public string[] Files =>
        [
            .. _archive
                .Entries.Select(entry => entry.FullName)
                .Where(name =>
                    !name.EndsWith(".nuspec", StringComparison.Ordinal)
                    && !name.EndsWith(".psmdcp", StringComparison.Ordinal)
                    && name is not "_rels/.rels" and not "[Content_Types].xml"
                )
                .Order(StringComparer.Ordinal),
        ];

    /// <summary>The element <c>metadata</c> of the nuspec.</summary>
    public XElement Metadata
    {
        get
        {
            using Stream stream = _archive.Entries.Single(entry => entry.FullName.EndsWith(".nuspec", StringComparison.Ordinal)).Open();
            return XDocument.Load(stream).Root!.Elements().Single(element => element.Name.LocalName == "metadata");
        }
    }

    /// <summary>Gets the text of an element of the nuspec's metadata, or <see langword="null"/>.</summary>
    public string? this[string element] => Metadata.Elements().SingleOrDefault(child => child.Name.LocalName == element)?.Value;

    public byte[] Read(string file)
    {
        using Stream stream = _archive.GetEntry(file)!.Open();
        using MemoryStream copy = new();
        stream.CopyTo(copy);
        return copy.ToArray();
    }

    public string ReadText(string file)
    {
        using StreamReader reader = new(_archive.GetEntry(file)!.Open());
        return reader.ReadToEnd();
    }

    public PEReader ReadAssembly(string file) => new(new MemoryStream(Read(file)));

    public MetadataReaderProvider ReadSymbols(string file) => MetadataReaderProvider.FromPortablePdbStream(new MemoryStream(Read(file)));

    public void Dispose() => _archive.Dispose();
}
