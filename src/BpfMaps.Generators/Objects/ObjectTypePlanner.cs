using BpfMaps.Generators.Layouts;
using BpfMaps.Generators.Utilities;
using BpfMaps.Metadata;

namespace BpfMaps.Generators.Objects;

/// <summary>The C# types of an object. A type is planned when it is first requested for a map or variable.</summary>
internal sealed class ObjectTypePlanner(LayoutFile layout, NameScope names, TypeStyle style)
{
    /// <summary>The size limit of inline arrays in the CLR.</summary>
    private const int LargestArray = 1 << 20;

    /// <summary>The size limit of structs in the CLR (FIELD_OFFSET_LAST_REAL_OFFSET).</summary>
    private const int LargestStruct = 0x07FFFFF0;

    /// <summary>
    /// The limit of members that all structs together get from anonymous members. A few nested anonymous types can result in millions.
    /// </summary>
    public const int MostMembers = 100_000;

    private static readonly HashSet<int> s_readyBuffers = [8, 16, 32, 64, 128, 256];

    private readonly Dictionary<string, LayoutType> _layouts = layout.Types.ToDictionary(static t => t.Token, StringComparer.Ordinal);
    private readonly Dictionary<string, StructPlan?> _structs = new(StringComparer.Ordinal);
    private readonly Dictionary<string, EnumPlan> _enums = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Element, int Count), ArrayPlan> _arrays = [];
    private readonly List<object> _inOrder = [];
    private readonly HashSet<string> _paddingIsNamed = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _memberCounts = new(StringComparer.Ordinal);
    private long _membersLeft = MostMembers;

    public bool IsBigEndian => layout.IsBigEndian;

    public TypeStyle Style => style;

    /// <summary>
    /// All types requested so far (<see cref="StructPlan"/>, <see cref="EnumPlan"/>, <see cref="ArrayPlan"/>), in the order of
    /// dependencies.
    /// </summary>
    public IReadOnlyList<object> InOrder => _inOrder;

    public LayoutType? Find(string element) => _layouts.TryGetValue(element, out LayoutType? type) ? type : null;

    public int SizeOf(LayoutTypeUse use) => (Find(use.Element)?.Size ?? LayoutNumbers.SizeOf(use.Element)) * Math.Max(use.Count, 1);

    /// <summary>Gets the C# type, and plans it if it is new.</summary>
    /// <returns><see langword="null"/> if C# has no such type, because it is empty or too large for the CLR.</returns>
    public string? TypeOf(LayoutTypeUse use)
    {
        int size = SizeOf(use);
        if (size == 0 || size > (use.Count > 0 ? LargestArray : LargestStruct))
            return null;
        if (use.Count == 0)
            return use.Element == LayoutNumbers.Opaque ? "byte" : ElementType(use)?.Text;
        if (use.Element == "char")
            return $"{style.Runtime}BpfText<{Bytes(use.Count)}>";
        if (use.Element is "u8" or "bool" or LayoutNumbers.Opaque)
            return Bytes(use.Count);
        return ElementType(use) is (var text, var name) ? style.Own + Array(text, name + "Array", use.Count).Name : null;
    }

    /// <summary>Gets a buffer type for bytes without a known type.</summary>
    public string Bytes(int count) =>
        s_readyBuffers.Contains(count) ? $"{style.Runtime}Bytes{count.Text()}" : style.Own + Array("byte", "Bytes", count).Name;

    /// <summary>
    /// Gets the plan of a struct or union; <see langword="null"/> for other elements and for types of the runtime library.
    /// </summary>
    public StructPlan? Struct(string element)
    {
        if (Find(element) is not { Kind: BpfTypeKind.Struct or BpfTypeKind.Union } type || RuntimeType(type) is not null)
            return null;
        if (_structs.TryGetValue(element, out StructPlan? known))
            return known;
        return Add(type, type.Kind == BpfTypeKind.Union ? "Union" : "Struct");
    }

    /// <summary>Plans a struct of the fields from an offset on: the data after the prefix length of a trie key.</summary>
    public StructPlan StructBehind(LayoutType type, int offset)
    {
        string token = TokenBehind(type, offset);
        if (_structs.TryGetValue(token, out StructPlan? known))
            return known!;
        IEnumerable<LayoutField> behind = type.Fields.Where(f => f.Offset >= offset).Select(f => f with { Offset = f.Offset - offset });
        LayoutType rest = type with
        {
            Token = token,
            Name = type.Name + "_data",
            Size = type.Size - offset,
            Alignment = 1,
            Fields = behind.ToEquatableArray(),
        };
        return Add(rest, "Struct");
    }

    /// <summary>Plans a struct with a single field, for values that are not structs.</summary>
    /// <param name="place">The name of the map.</param>
    /// <param name="field">Its only field.</param>
    public StructPlan StructAround(string place, LayoutField field)
    {
        // Tokens of layout files contain no spaces.
        LayoutType type = new(
            "struct: around " + place,
            place + "_value",
            BpfTypeKind.Struct,
            SizeOf(field.Type),
            1,
            new[] { field }.ToEquatableArray(),
            EquatableArray<LayoutConstant>.Empty
        );
        _layouts[type.Token] = type;
        return Struct(type.Token)!;
    }

    /// <summary>Gets the type of an anonymous member, whose fields belong to the containing struct.</summary>
    public LayoutType? AnonymousIn(LayoutField field) =>
        field is { Name.Length: 0, BitSize: 0, Type.Count: 0 } && Find(field.Type.Element) is { Fields.Count: > 0 } type ? type : null;

    /// <summary>Gets the type of the bytes of a struct without members; <see langword="null"/> if it is empty or too large.</summary>
    public string? BytesOf(LayoutType type) => type.Size is > 0 and <= LargestArray ? Bytes(type.Size) : null;

    /// <summary>Declares the padding of a key as fields: the kernel hashes and compares all bytes of a key.</summary>
    public void NamePaddingIn(LayoutTypeUse key)
    {
        if (Find(key.Element) is not { } type || !_paddingIsNamed.Add(type.Token))
            return;
        _paddingIsNamed.Add(TokenBehind(type, KernelLimits.PrefixLengthSize));
        foreach (LayoutField field in type.Fields)
            NamePaddingIn(field.Type);
    }

    public bool IsPaddingNamed(StructPlan plan) => _paddingIsNamed.Contains(plan.Layout.Token);

    /// <summary>Gets whether it is <c>bpf_spin_lock</c>, for which the runtime library has a type.</summary>
    public static bool IsSpinLock(LayoutType type) => type is { Token: "struct:bpf_spin_lock", Size: 4 };

    /// <summary>Gets the name of the runtime library's type for a struct of the kernel, or <see langword="null"/>.</summary>
    private static string? RuntimeType(LayoutType type) =>
        type switch
        {
            _ when IsSpinLock(type) => "BpfSpinLock",
            { Token: "struct:bpf_cgroup_storage_key", Size: 16 } => "BpfCgroupStorageKey",
            _ => null,
        };

    public static bool IsNetworkOrder(LayoutTypeUse use) =>
        (use.Element, use.CName) is ("u16", "__be16") or ("u32", "__be32") or ("u64", "__be64");

    private StructPlan Add(LayoutType type, string suffix)
    {
        string name = TakeName(type, suffix);
        long ofOthers = MembersOf(type) - type.Fields.Count;
        bool isWritten = ofOthers <= _membersLeft;
        if (isWritten && ofOthers > 0)
            _membersLeft -= ofOthers;
        StructPlan plan = isWritten ? new StructPlanner(this).Plan(name, type) : new StructPlanner(this).PlanBytes(name, type);
        _structs.Add(type.Token, plan);
        _inOrder.Add(plan);
        return plan;
    }

    /// <summary>Counts the fields of a type including those of anonymous members, without visiting each.</summary>
    private long MembersOf(LayoutType type)
    {
        if (_memberCounts.TryGetValue(type.Token, out long known))
            return known;
        long count = 0;
        foreach (LayoutField field in type.Fields)
            count = Math.Min(count + (AnonymousIn(field) is { } anonymous ? MembersOf(anonymous) : 1), int.MaxValue);
        _memberCounts.Add(type.Token, count);
        return count;
    }

    private (string Text, string Name)? ElementType(LayoutTypeUse use)
    {
        if (Number(use) is { } number)
            return number;
        if (Find(use.Element) is not { } type)
            return null;
        if (RuntimeType(type) is { } name)
            return (style.Runtime + name, name);
        if (type.Kind is BpfTypeKind.Enum or BpfTypeKind.SignedEnum)
            return (style.Own + Enum(type).Name, Enum(type).Name);
        return Struct(use.Element) is { } plan ? (style.Own + plan.Name, plan.Name) : null;
    }

    private (string Text, string Name)? Number(LayoutTypeUse use)
    {
        if (IsNetworkOrder(use))
        {
            string name = "Be" + use.Element.Substring(1);
            return (style.Runtime + name, name);
        }
        return use.Element switch
        {
            "u8" or "char" or "bool" or LayoutNumbers.Opaque => ("byte", "Byte"),
            "u16" => ("ushort", "UInt16"),
            "u32" => ("uint", "UInt32"),
            "u64" => ("ulong", "UInt64"),
            "u128" => (style.System + "UInt128", "UInt128"),
            "s8" => ("sbyte", "SByte"),
            "s16" => ("short", "Int16"),
            "s32" => ("int", "Int32"),
            "s64" => ("long", "Int64"),
            "s128" => (style.System + "Int128", "Int128"),
            "f32" => ("float", "Single"),
            "f64" => ("double", "Double"),
            _ => null,
        };
    }

    private EnumPlan Enum(LayoutType type)
    {
        if (_enums.TryGetValue(type.Token, out EnumPlan? known))
            return known;
        EnumPlan plan = new(TakeName(type, "Enum"), type);
        _enums.Add(type.Token, plan);
        _inOrder.Add(plan);
        return plan;
    }

    private ArrayPlan Array(string elementType, string name, int count)
    {
        if (_arrays.TryGetValue((elementType, count), out ArrayPlan? known))
            return known;
        ArrayPlan plan = new(names.Take(name + count.Text(), "Buffer"), elementType, count);
        _arrays.Add((elementType, count), plan);
        _inOrder.Add(plan);
        return plan;
    }

    private static string TokenBehind(LayoutType type, int offset) => type.Token + "+" + offset.Text();

    private string TakeName(LayoutType type, string suffix) => names.Take(CSharpNames.Pascal(type.Name, suffix), suffix);
}
