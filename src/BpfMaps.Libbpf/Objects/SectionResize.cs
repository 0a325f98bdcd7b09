using BpfMaps.Interop;
using BpfMaps.Metadata;

namespace BpfMaps;

/// <summary>Whether a section of global variables can get another size before the load.</summary>
internal static class SectionResize
{
    private static readonly Version s_firstLibbpf = new(1, 3);
    private static readonly Version s_firstKernel = new(5, 2);

    /// <exception cref="BpfNotSupportedException">libbpf would read behind the memory of the section.</exception>
    /// <exception cref="ArgumentException">The section does not end with an array of which the size is a whole number.</exception>
    public static void Check(BpfObject bpfObject, BpfObjectMap map, int size)
    {
        string what = $"section '{map.Name}' of the BPF object '{bpfObject.Name}'";
        if (map.Type != BpfMapType.Array)
            throw new ArgumentException($"The size of map '{map.Name}' cannot be set: maps of type {map.Type} have a fixed size.");
        if (LibbpfLibrary.Version < s_firstLibbpf)
            throw LoadAdvice.LibbpfTooOld($"Resizing {what}", s_firstLibbpf.ToString(), s_firstKernel);
        if (Last(bpfObject, map.Name) is not { } last)
            return;
        if (last.Field is { Count: 0 })
            throw new ArgumentException(
                $"The {what} cannot be resized: its last variable '{last.Name}' is not an array. Only the last variable of a section can be "
                    + "resized; give the array a section of its own, such as SEC(\".data.values\")."
            );
        int element = last.Field?.Type.Size ?? 1;
        if (size <= last.Offset || (size - last.Offset) % element != 0)
            throw new ArgumentException(
                $"The {what} cannot have {size} bytes: it ends with the array '{last.Name}', so its size must be {last.Offset} bytes plus "
                    + $"a multiple of {element}."
            );
    }

    /// <returns><see langword="null"/> if the object has no types, or if its file is gone.</returns>
    private static BpfVariableDefinition? Last(BpfObject bpfObject, string section)
    {
        try
        {
            return bpfObject.ReadDefinitions().TryGetMap(section, out BpfMapDefinition? definition)
                ? definition.Variables.MaxBy(static variable => variable.Offset)
                : null;
        }
        catch (Exception problem) when (problem is BpfFormatException or IOException or UnauthorizedAccessException)
        {
            return null; // libbpf compares the size with the types too.
        }
    }
}
