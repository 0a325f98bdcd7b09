using BpfMaps.Metadata;

namespace BpfMaps.Tool.Building;

/// <summary>Writes layout files of the objects of a project for the compiler.</summary>
internal static class ObjectDescriber
{
    public static void Run(BuildRequest request, Action<BuildMessage> report)
    {
        foreach (BuildItem item in request.Objects)
        {
            try
            {
                string text = LayoutWriter.Write(BpfObjectFile.Open(item.From));
                // Keeps unchanged files, so that C# is not compiled again.
                if (File.Exists(item.To) && File.ReadAllText(item.To) == text)
                    continue;
                Directory.CreateDirectory(Path.GetDirectoryName(item.To)!);
                File.WriteAllText(item.To, text);
            }
            catch (Exception exception) when (exception is BpfFormatException or IOException or UnauthorizedAccessException)
            {
                report(
                    BuildMessage.Error(
                        BuildMessage.BadObject,
                        item.From,
                        $"'{request.NameOf(item.From)}' cannot be read: {exception.Message.TrimEnd('.')}."
                    )
                );
            }
        }
    }
}
