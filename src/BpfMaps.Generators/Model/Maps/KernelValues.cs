using BpfMaps.Generators.Utilities;

namespace BpfMaps.Generators.Model;

/// <summary>
/// The sizes of values that are not declared, such as those of maps of programs. A declaration can only choose the size, if the kernel
/// allows several.
/// </summary>
internal static class KernelValues
{
    /// <summary>Gets the valid sizes of such values if this one is not valid.</summary>
    public static string? WhyRefused(MapTypeFacts kind, BpfMapFlags flags, int size)
    {
        switch (kind.Values)
        {
            case MapValueRule.Frames:
                int frame = MapTypeFacts.FrameSize(flags);
                return size > 0 && size % frame == 0 && size / frame <= KernelLimits.MostFrames
                    ? null
                    : $"1 to {KernelLimits.MostFrames.Text()} frames of {frame.Text()} bytes";
            case MapValueRule.Target:
                return size is 4 or 8 ? null : "8 bytes, or 4 bytes without a program";
            case MapValueRule.Socket:
                return size is 4 or 8 ? null : "8 bytes, or 4 bytes without lookups";
            case MapValueRule.Memory:
                return size == 0 ? null : "0 bytes: MaxEntries is the number of pages";
            default:
                return kind.OnlyValueSize is not { } only || size == only
                    ? null
                    : $"{only.Text()} bytes: file descriptors when written, ids when read";
        }
    }
}
