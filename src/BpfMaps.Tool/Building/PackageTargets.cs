using System.Xml;

namespace BpfMaps.Tool.Building;

/// <summary>Writes the targets that a library's package carries: they copy its objects beside every application that references the package.</summary>
internal static class PackageTargets
{
    public const string Version = "bpf-package 1";

    /// <exception cref="BuildFailure">A name has a line break in it.</exception>
    public static void Write(RequestLines lines)
    {
        _ = lines.Take(Version);
        string file = lines.Take("package");
        int count = lines.TakeNumber("objects");
        lines.ExpectLeft(count);

        using XmlWriter xml = XmlWriter.Create(file, new XmlWriterSettings { OmitXmlDeclaration = true, Indent = true });
        xml.WriteStartElement("Project");
        // NuGet takes the targets of the nearest framework alone, so they bring in those that the author has for all frameworks.
        xml.WriteStartElement("Import");
        xml.WriteAttributeString("Project", "$(MSBuildThisFileDirectory)../$(MSBuildThisFile)");
        xml.WriteAttributeString("Condition", "Exists('$(MSBuildThisFileDirectory)../$(MSBuildThisFile)')");
        xml.WriteEndElement();
        xml.WriteStartElement("ItemGroup");
        for (int index = 0; index < count; index++)
            WriteObject(xml, MSBuildText.Escape(lines.Take("place")));
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    private static void WriteObject(XmlWriter xml, string place)
    {
        xml.WriteStartElement("Content");
        xml.WriteAttributeString("Include", "$(MSBuildThisFileDirectory)" + place);
        xml.WriteAttributeString("Link", place);
        xml.WriteAttributeString("CopyToOutputDirectory", "PreserveNewest");
        xml.WriteAttributeString("Pack", "false");
        xml.WriteAttributeString("Visible", "false");
        xml.WriteEndElement();
    }
}
