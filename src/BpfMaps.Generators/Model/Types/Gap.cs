using System.Globalization;

namespace BpfMaps.Generators.Model;

/// <summary>Padding in a struct.</summary>
/// <param name="After">The field before the gap; <see langword="null"/> if the gap is at the start of the struct.</param>
internal sealed record Gap(int Offset, int Length, string? After)
{
    public override string ToString() =>
        string.Format(CultureInfo.InvariantCulture, "{0} at offset {1}", Length == 1 ? "1 byte" : $"{Length} bytes", Offset);
}
