namespace BpfMaps.Metadata;

/// <summary>Collects the members of a map definition and checks their consistency.</summary>
internal sealed class MapDefinitionBuilder(BtfType place)
{
    private uint? _keySize;
    private uint? _valueSize;
    private BpfTypeLayout? _key;
    private BpfTypeLayout? _value;
    private string? _keyProblem;
    private string? _valueProblem;

    /// <summary>Limits the text about a corrupt definition.</summary>
    private const int MostRefusals = 4;

    private readonly List<string> _refusals = [];

    /// <summary>Gets the variable, where the problems are reported.</summary>
    public BtfType Place { get; } = place;

    public uint? Type { get; set; }

    public uint MaxEntries { get; set; }

    public BpfMapFlags Flags { get; set; }

    public uint? NumaNode { get; set; }

    public ulong MapExtra { get; set; }

    public BpfMapDefinition? InnerMap { get; set; }

    public void SetKeySize(uint size) => Set(ref _keySize, size, "key");

    public void SetValueSize(uint size) => Set(ref _valueSize, size, "value");

    public BpfMapPinning Pinning { get; set; }

    /// <summary>Adds a reason why libbpf refuses the map.</summary>
    public void Refuse(string reason)
    {
        if (_refusals.Count < MostRefusals)
            _refusals.Add(reason);
    }

    public void SetKey(Btf btf, uint typeId)
    {
        if (SizeOf(btf, typeId, "key", out _key, out _keyProblem) is { } size)
            SetKeySize(size);
    }

    public void SetValue(Btf btf, uint typeId)
    {
        if (SizeOf(btf, typeId, "value", out _value, out _valueProblem) is { } size)
            SetValueSize(size);
    }

    public BpfMapDefinition Finish(string name)
    {
        if (Type is not { } type)
        {
            Place.Throw("defines a map without a type");
            return null;
        }
        BpfMapDefinition map = new(name, (BpfMapType)type)
        {
            KeySize = (int)_keySize.GetValueOrDefault(),
            ValueSize = (int)_valueSize.GetValueOrDefault(),
            MaxEntries = MaxEntries,
            Flags = Flags,
            Pinning = Pinning,
            MapExtra = MapExtra,
            NumaNode = NumaNode,
            Key = _key,
            Value = _value,
            KeyProblem = _keyProblem,
            ValueProblem = _valueProblem,
            InnerMap = InnerMap,
        };
        map.Refusals = [.. _refusals, .. LoaderRules.RefusalsOf(map)];
        return map;
    }

    /// <summary>The size of a key or a value; a type of no bytes (<c>__uint(key, 0)</c>) says that there is none.</summary>
    private uint? SizeOf(Btf btf, uint typeId, string what, out BpfTypeLayout? layout, out string? problem)
    {
        bool hasLayout = btf.TryGetLayout(typeId, out layout, out problem);
        uint? size = hasLayout ? (uint)layout!.Size : btf.Layouts.SizeOf(typeId);
        if (size is null)
            Refuse($"libbpf cannot determine the size of its {what}: {problem}");
        if (size == 0)
            (layout, problem) = (null, null);
        return size;
    }

    private void Set(ref uint? known, uint size, string what)
    {
        if (known is { } before && before != size)
            Place.Throw($"says that its {what} has {before} bytes, and also {size}");
        if (size > int.MaxValue)
            Place.Throw($"says that its {what} has {size} bytes, which is more than a kernel takes");
        known = size;
    }
}
