namespace BpfMaps.Generators.Objects;

/// <summary>A private field with the bits of properties.</summary>
/// <param name="Size">1, 2, 4 or 8 bytes.</param>
internal sealed record StoragePlan(string Name, int Offset, int Size)
{
    public string Type =>
        Size switch
        {
            1 => "byte",
            2 => "ushort",
            4 => "uint",
            _ => "ulong",
        };
}
