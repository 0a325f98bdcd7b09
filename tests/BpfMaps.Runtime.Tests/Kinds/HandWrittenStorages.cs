using BpfMaps.Metadata;

namespace BpfMaps.Tests;

// Local storages and an arena, as the generator emits them.

internal sealed class SocketNotesMap : BpfSkStorage<FlowStats>
{
    private SocketNotesMap(RawMap raw)
        : base(raw, Schema) { }

    public static BpfMapSchema Schema { get; } =
        new()
        {
            Type = BpfMapType.SkStorage,
            Name = "socket_notes",
            Flags = BpfMapFlags.NoPrealloc,
            Value = FlowStats.Layout,
        };

    public static SocketNotesMap Create(BpfHost? host = null) => new(Schema.Create(null, host));

    public static SocketNotesMap FromRaw(RawMap raw) => new(Schema.Validate(raw));
}

internal sealed class TaskNotesMap : BpfTaskStorage<FlowStats>
{
    private TaskNotesMap(RawMap raw)
        : base(raw, Schema) { }

    public static BpfMapSchema Schema { get; } =
        new()
        {
            Type = BpfMapType.TaskStorage,
            Name = "task_notes",
            Flags = BpfMapFlags.NoPrealloc,
            Value = FlowStats.Layout,
        };

    public static TaskNotesMap Create(BpfHost? host = null) => new(Schema.Create(null, host));

    public static TaskNotesMap FromRaw(RawMap raw) => new(Schema.Validate(raw));
}

internal sealed class FileNotesMap : BpfInodeStorage<FlowStats>
{
    private FileNotesMap(RawMap raw)
        : base(raw, Schema) { }

    public static BpfMapSchema Schema { get; } =
        new()
        {
            Type = BpfMapType.InodeStorage,
            Name = "file_notes",
            Flags = BpfMapFlags.NoPrealloc,
            Value = FlowStats.Layout,
        };

    public static FileNotesMap Create(BpfHost? host = null) => new(Schema.Create(null, host));

    public static FileNotesMap FromRaw(RawMap raw) => new(Schema.Validate(raw));
}

internal sealed class GroupNotesMap : BpfCgroupLocalStorage<FlowStats>
{
    private GroupNotesMap(RawMap raw)
        : base(raw, Schema) { }

    public static BpfMapSchema Schema { get; } =
        new()
        {
            Type = BpfMapType.CgrpStorage,
            Name = "group_notes",
            Flags = BpfMapFlags.NoPrealloc,
            Value = FlowStats.Layout,
        };

    public static GroupNotesMap Create(BpfHost? host = null) => new(Schema.Create(null, host));

    public static GroupNotesMap FromRaw(RawMap raw) => new(Schema.Validate(raw));
}

internal sealed class PagesMap : BpfArena
{
    private PagesMap(RawMap raw)
        : base(raw, Schema) { }

    public static BpfMapSchema Schema { get; } =
        new()
        {
            Type = BpfMapType.Arena,
            Name = "pages",
            MaxEntries = 4,
            Flags = BpfMapFlags.Mmapable,
        };

    public static PagesMap Create(BpfHost? host = null) => new(Schema.Create(null, host));

    public static PagesMap FromRaw(RawMap raw) => new(Schema.Validate(raw));
}
