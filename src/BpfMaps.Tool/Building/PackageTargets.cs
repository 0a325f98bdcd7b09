using System.Xml;

namespace BpfMaps.Tool.Building;

/// <summary>Writes the targets of a library package, which copy its objects to applications that reference the package.</summary>
internal static class PackageTargets
{
    public const string Version = "bpf-package 1";

    /// <exception cref="BuildFailure">A name contains a line break.</exception>
    public static void Write(RequestLines lines)
    {
        _ = lines.Take(Version);
        string file = lines.Take("package");
        int count = lines.TakeNumber("objects");
        lines.ExpectLeft(count);

        using XmlWriter xml = XmlWriter.Create(file, new XmlWriterSettings { OmitXmlDeclaration = true, Indent = true });
        xml.WriteStartElement("Project");
        // NuGet imports only the targets of the nearest framework, so these import the author's targets for all frameworks.
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
        xml.WriteAttributeString("BpfOfPackage", "true");
        xml.WriteEndElement();
    }
}
