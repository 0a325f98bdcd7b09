using System.Collections.Concurrent;
using System.Globalization;
using BpfMaps.Metadata;

namespace BpfMaps;

/// <summary>
/// The functions and tracepoints that tracing links are attached to, which the kernel reports as numbers of types in its BTF.
/// </summary>
internal static class TracingTargets
{
    private const string TracepointPrefix = "btf_trace_";

    private static readonly ConcurrentDictionary<(uint, uint), string> s_names = new();

    /// <summary>Returns the name, or the numbers where the process may not read the BTF.</summary>
    /// <param name="btfId">The id of the BTF: of the kernel, a module or a program.</param>
    /// <param name="typeId">The type of the function or tracepoint in the BTF.</param>
    public static string Name(uint btfId, uint typeId)
    {
        if (s_names.TryGetValue((btfId, typeId), out string? known))
            return known;
        if (btfId == 0 || Find(btfId, typeId) is not { } name)
            return btfId == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"type {typeId} of BTF {btfId}");
        return s_names.GetOrAdd(
            (btfId, typeId),
            name.StartsWith(TracepointPrefix, StringComparison.Ordinal) ? name[TracepointPrefix.Length..] : name
        );
    }

    private static string? Find(uint btfId, uint typeId)
    {
        try
        {
            return MapBtf.TryRead(BpfHost.Kernel, btfId, out Btf? btf) && typeId < btf.Count && btf[typeId].Name is { Length: > 0 } name
                ? name
                : null;
        }
        catch (BpfFormatException)
        {
            return null; // The BTF of a module, which extends that of the kernel.
        }
    }
}
