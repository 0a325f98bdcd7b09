namespace BpfMaps.InMemory;

/// <summary>The parts of a value that belong to the kernel: locks and the like, which no update writes and every lookup shows as zeroes.</summary>
internal sealed class KernelFields
{
    private const string SpinLock = "bpf_spin_lock";

    private readonly (int Offset, int Size)[] _fields;

    private KernelFields((int Offset, int Size)[] fields, bool hasSpinLock)
    {
        _fields = fields;
        HasSpinLock = hasSpinLock;
    }

    /// <summary>Whether there is any.</summary>
    public bool Any => _fields.Length != 0;

    /// <summary>Whether one is a <c>bpf_spin_lock</c>.</summary>
    public bool HasSpinLock { get; }

    /// <summary>Finds them among the members of a value's type.</summary>
    public static KernelFields Of(Btf btf, uint valueTypeId)
    {
        BtfType value = btf[valueTypeId];
        (int, int)[] fields =
        [
            .. from member in value.Members
               let type = btf[member.TypeId]
               where type is { Kind: BtfKind.Struct, Name: SpinLock }
               select ((int)(member.BitOffset / 8), (int)type.Size),
        ];
        return new(fields, fields.Length != 0);
    }

    /// <summary>Makes them zeroes again after the value around them was written.</summary>
    public void Clear(Span<byte> value)
    {
        foreach ((int offset, int size) in _fields)
            value.Slice(offset, size).Clear();
    }
}
