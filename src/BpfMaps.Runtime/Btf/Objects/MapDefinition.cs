namespace BpfMaps;

/// <summary>A map's definition while its members are read, and what must hold between them.</summary>
internal sealed class MapDefinition(BtfType place)
{
    private uint? _keySize;
    private uint? _valueSize;
    private BpfTypeLayout? _key;
    private BpfTypeLayout? _value;
    private string? _keyProblem;
    private string? _valueProblem;
    private BpfMapPinning _pinning;

    /// <summary>The variable, where the problems are reported.</summary>
    public BtfType Place { get; } = place;

    public uint? Type { get; set; }

    public uint MaxEntries { get; set; }

    public BpfMapFlags Flags { get; set; }

    public uint? NumaNode { get; set; }

    public ulong MapExtra { get; set; }

    public BpfMapDefinition? InnerMap { get; set; }

    public void SetKeySize(uint size) => Set(ref _keySize, size, "key");

    public void SetValueSize(uint size) => Set(ref _valueSize, size, "value");

    public void SetPinning(uint pinning)
    {
        if (pinning > (uint)BpfMapPinning.ByName)
            Place.Throw($"has a pinning of {pinning}; 0 (none) and 1 (by name) are known");
        _pinning = (BpfMapPinning)pinning;
    }

    public void SetKey(Btf btf, uint typeId)
    {
        if (btf.TryGetLayout(typeId, out _key, out _keyProblem))
            SetKeySize((uint)_key.Size);
        else if (btf.Layouts.SizeOf(typeId) is { } size)
            SetKeySize(size);
    }

    public void SetValue(Btf btf, uint typeId)
    {
        if (btf.TryGetLayout(typeId, out _value, out _valueProblem))
            SetValueSize((uint)_value.Size);
        else if (btf.Layouts.SizeOf(typeId) is { } size)
            SetValueSize(size);
    }

    public BpfMapDefinition Finish(string name)
    {
        if (Type is not { } type)
        {
            Place.Throw("defines a map without a type");
            return null;
        }
        return new()
        {
            Name = name,
            Type = (BpfMapType)type,
            KeySize = (int)_keySize.GetValueOrDefault(),
            ValueSize = (int)_valueSize.GetValueOrDefault(),
            MaxEntries = MaxEntries,
            Flags = Flags,
            Pinning = _pinning,
            MapExtra = MapExtra,
            NumaNode = NumaNode,
            Key = _key,
            Value = _value,
            KeyProblem = _keyProblem,
            ValueProblem = _valueProblem,
            InnerMap = InnerMap,
        };
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
