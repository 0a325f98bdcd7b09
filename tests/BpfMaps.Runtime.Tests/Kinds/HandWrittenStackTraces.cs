using BpfMaps.Metadata;

namespace BpfMaps.Tests;

// Stack traces and control groups, as the generator emits them.

internal sealed class StacksMap : BpfStackTraceMap
{
    private StacksMap(RawMap raw)
        : base(raw, Schema) { }

    public static BpfMapSchema Schema { get; } =
        new()
        {
            Type = BpfMapType.StackTrace,
            Name = "stacks",
            MaxEntries = 100,
            Key = BpfTypeLayout.Of<uint>(),
        };

    public static StacksMap Create(BpfHost? host = null) => new(Schema.Create(null, host));

    public static StacksMap FromRaw(RawMap raw) => new(Schema.Validate(raw));
}

/// <summary>At most 2 frames.</summary>
internal sealed class ShallowStacksMap : BpfStackTraceMap
{
    private ShallowStacksMap(RawMap raw)
        : base(raw, Schema) { }

    public static BpfMapSchema Schema { get; } =
        new()
        {
            Type = BpfMapType.StackTrace,
            Name = "shallow",
            MaxEntries = 64,
            Key = BpfTypeLayout.Of<uint>(),
            ValueSize = 16,
        };

    public static ShallowStacksMap Create(BpfHost? host = null) => new(Schema.Create(null, host));

    public static ShallowStacksMap FromRaw(RawMap raw) => new(Schema.Validate(raw));
}

internal sealed class PlacesMap : BpfBuildIdStackTraceMap
{
    private PlacesMap(RawMap raw)
        : base(raw, Schema) { }

    public static BpfMapSchema Schema { get; } =
        new()
        {
            Type = BpfMapType.StackTrace,
            Name = "places",
            MaxEntries = 64,
            Flags = BpfMapFlags.StackBuildId,
            Key = BpfTypeLayout.Of<uint>(),
        };

    public static PlacesMap Create(BpfHost? host = null) => new(Schema.Create(null, host));

    public static PlacesMap FromRaw(RawMap raw) => new(Schema.Validate(raw));
}

internal sealed class GroupsMap : BpfCgroupArray
{
    private GroupsMap(RawMap raw)
        : base(raw, Schema) { }

    public static BpfMapSchema Schema { get; } =
        new()
        {
            Type = BpfMapType.CgroupArray,
            Name = "groups",
            MaxEntries = 4,
            Key = BpfTypeLayout.Of<uint>(),
        };

    public static GroupsMap Create(BpfHost? host = null) => new(Schema.Create(null, host));
}
