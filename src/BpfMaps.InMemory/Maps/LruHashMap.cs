namespace BpfMaps.InMemory;

/// <summary>An LRU hash or LRU per-CPU hash. When it is full, the least recently used element is evicted for a new one.</summary>
/// <remarks>
/// As in the kernel, updates and lookups by programs count as use; lookups by user space do not. The kernel only approximates this order,
/// and may evict before the map is full.
/// </remarks>
internal sealed class LruHashMap : HashMap
{
    private readonly LruLists _lists;
    private readonly uint _capacityOfList;

    public LruHashMap(MapShape shape, HostTables tables, int cpuCount)
        : base(shape, tables)
    {
        HasListPerCpu = shape.Flags.HasFlag(BpfMapFlags.NoCommonLru);
        int lists = HasListPerCpu ? cpuCount : 1;
        _lists = new LruLists(lists);
        _capacityOfList = shape.MaxEntries / (uint)lists;
    }

    public override bool CanBeFull => false;

    private bool HasListPerCpu { get; }

    protected override void Used(int element) => _lists.Touch(element);

    protected override bool MakeRoom(in Caller caller)
    {
        int list = ListOf(caller);
        if (_lists.CountOf(list) == _capacityOfList)
            Remove(_lists.Oldest(list));
        return true;
    }

    protected override void Added(in Caller caller, int element) => _lists.Add(element, ListOf(caller));

    protected override void Replaced(in Caller caller, int element, ulong flags)
    {
        base.Replaced(caller, element, flags);
        if (Shape.Type.IsPerCpu() || _lists.ListOf(element) == ListOf(caller))
        {
            _lists.Touch(element);
            return;
        }

        // The kernel takes a new element from this CPU's list and returns the old one to the list of the other CPU.
        _lists.Remove(element);
        MakeRoom(caller);
        _lists.Add(element, ListOf(caller));
    }

    protected override void Remove(int element)
    {
        _lists.Remove(element);
        base.Remove(element);
    }

    private int ListOf(in Caller caller) => HasListPerCpu ? caller.Slot : 0;
}
