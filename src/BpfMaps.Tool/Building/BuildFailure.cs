namespace BpfMaps.Tool.Building;

/// <summary>Stops the build with an error.</summary>
internal sealed class BuildFailure(string code, string text, string file = "") : Exception(text)
{
    public BuildMessage Report { get; } = BuildMessage.Error(code, file, text);
}
