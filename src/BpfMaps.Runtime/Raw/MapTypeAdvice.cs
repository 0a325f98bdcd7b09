namespace BpfMaps;

/// <summary>Explains why the kernel does not have a map type.</summary>
internal static class MapTypeAdvice
{
    /// <summary>Returns a sentence about the running kernel.</summary>
    public static string Missing(BpfMapType type) => Missing(type, Environment.OSVersion.Version);

    /// <summary>Returns a sentence; empty for an unknown type.</summary>
    public static string Missing(BpfMapType type, Version running)
    {
        if (MapTypeFacts.Find(type)?.FirstKernel is not { Major: > 0 } first)
            return "";
        return running < first
            ? $"Linux {first} introduced it; this is Linux {running.ToString(2)}."
            : $"Linux has it since {first}; this one ({running.ToString(2)}) was built without it.";
    }
}
