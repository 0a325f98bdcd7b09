using BpfMaps.Metadata;

namespace BpfMaps.Tests;

/// <summary>A perf event array, as generated.</summary>
internal sealed class SampleMap : BpfPerfEventArray<Event>
{
    private SampleMap(RawMap raw)
        : base(raw, Schema) { }

    public static BpfMapSchema Schema { get; } =
        new()
        {
            Type = BpfMapType.PerfEventArray,
            Name = "samples",
            Value = Event.Layout,
        };

    public static SampleMap Create(BpfHost? host = null) => new(Schema.Create(maxEntries: null, host));

    public static SampleMap FromFileDescriptor(int descriptor, BpfHost? host = null) => new(Schema.FromFileDescriptor(descriptor, host));

    public static SampleMap Of(RawMap raw) => new(Schema.Validate(raw));
}
