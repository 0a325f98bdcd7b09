namespace BpfMaps;

/// <summary>Constants that do not depend on the type of the samples.</summary>
internal static class BpfPerfEventArray
{
    public const int DefaultPages = 8;
}
