namespace BpfMaps.Tests;

// Maps that hold something of the kernel's, as the generator emits them.

internal sealed class JumpsMap : BpfProgArray
{
    private JumpsMap(RawMap raw)
        : base(raw, Schema)
    {
    }

    public static BpfMapSchema Schema { get; } = new() { Type = BpfMapType.ProgArray, Name = "jumps", MaxEntries = 8, Key = BpfTypeLayout.UInt32 };

    public static JumpsMap Create() => new(Schema.Create(null, null));

    public static JumpsMap OpenById(uint id) => new(Schema.OpenById(id, null));

    public static JumpsMap FromRaw(RawMap raw) => new(Schema.Validate(raw));
}
