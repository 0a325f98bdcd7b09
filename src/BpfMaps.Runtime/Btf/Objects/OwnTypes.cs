namespace BpfMaps.Metadata;

/// <summary>
/// Finds the types that an object itself defines, used by maps or not: records of rings, enumerations, headers of packets.
/// </summary>
/// <remarks>
/// An object that was compiled with the kernel header (vmlinux.h) also contains hundreds of kernel types. They are recognized by their
/// uses: relocations against the running kernel, variables that are the kernel's, and the contexts of programs.
/// </remarks>
internal sealed class OwnTypes
{
    private readonly Btf _btf;
    private readonly bool[] _isOwn;
    private readonly bool[] _isKernels;
    private readonly bool[] _hasTypedef;

    private OwnTypes(Btf btf)
    {
        _btf = btf;
        _isOwn = new bool[btf.Count];
        _isKernels = new bool[btf.Count];
        _hasTypedef = new bool[btf.Count];
    }

    /// <summary>Lists the ids of the types: first those that variables or maps use, then the others in the order of the BTF.</summary>
    /// <param name="btf">The object's types.</param>
    /// <param name="relocated">The types that relocations against the kernel name.</param>
    /// <param name="programs">The names of the object's programs.</param>
    public static IEnumerable<uint> Find(Btf btf, IEnumerable<uint> relocated, IReadOnlySet<string> programs)
    {
        OwnTypes types = new(btf);
        types.Mark(relocated, programs);
        IEnumerable<uint> named = Enumerable.Range(1, btf.Count - 1).Select(static id => (uint)id).Where(types.IsNamed);
        return named.Where(id => types._isOwn[id] || !types._isKernels[id]).OrderBy(id => !types._isOwn[id]);
    }

    private void Mark(IEnumerable<uint> relocated, IReadOnlySet<string> programs)
    {
        List<uint> own = [],
            kernels = [.. relocated.Where(id => id < (uint)_btf.Count)];
        HashSet<uint> definitions = [];
        for (uint id = 1; id < (uint)_btf.Count; id++)
        {
            BtfType type = _btf[id];
            switch (type.Kind)
            {
                case BtfKind.Variable when type.Linkage == 2:
                    kernels.Add(type.TypeId);
                    break;
                case BtfKind.Variable:
                    own.Add(type.TypeId);
                    break;
                case BtfKind.Function when programs.Contains(type.Name):
                    kernels.Add(type.TypeId);
                    break;
                case BtfKind.Typedef:
                    _hasTypedef[Target(type.TypeId)] = true;
                    break;
                case BtfKind.DataSection when type.Name == ".maps":
                    definitions.UnionWith(type.Variables.Select(variable => _btf[variable.TypeId].TypeId));
                    break;
            }
        }
        Spread(kernels, _isKernels, followsPointers: true);
        Spread(own.SelectMany(Pointees), _isOwn, followsPointers: false);
        foreach (uint definition in definitions)
            HideDefinition(definition, isInner: false);
    }

    /// <summary>
    /// Hides the struct that defines a map, the enumerations that hold its 64-bit numbers, and the struct that defines its inner maps
    /// (<c>__array(values, struct inner)</c>): they are not types of data.
    /// </summary>
    private void HideDefinition(uint id, bool isInner)
    {
        Hide(id);
        foreach (BtfMember member in _btf[id].Members)
        {
            BtfType type = _btf[Target(member.TypeId)];
            if (type is { Kind: BtfKind.Enum or BtfKind.Enum64, Name: "" })
                Hide(type.Id);
            else if (!isInner && member.Name == "values" && type.Kind == BtfKind.Pointer)
                HideDefinition(Target(type.TypeId), isInner: true);
        }
    }

    private void Hide(uint id) => (_isOwn[id], _isKernels[id]) = (false, true);

    /// <summary>
    /// Lists the type of a variable and, for pointers and arrays of pointers, the target: <c>const struct event *unused</c>. Maps point to
    /// their keys and values.
    /// </summary>
    private IEnumerable<uint> Pointees(uint id)
    {
        yield return id;
        BtfType type = _btf[Target(id)];
        if (type.Kind == BtfKind.Pointer)
            yield return type.TypeId;
        if (type.Kind is not BtfKind.Struct)
            yield break;
        foreach (BtfMember member in type.Members)
        {
            if (_btf[Target(member.TypeId)] is { Kind: BtfKind.Pointer } pointer)
                yield return pointer.TypeId;
        }
    }

    /// <summary>Marks types and the types that they consist of.</summary>
    private void Spread(IEnumerable<uint> roots, bool[] isMarked, bool followsPointers)
    {
        Stack<uint> rest = new(roots);
        while (rest.TryPop(out uint id))
        {
            if (isMarked[id])
                continue;
            isMarked[id] = true;
            BtfType type = _btf[id];
            if (type.Kind != BtfKind.Pointer || followsPointers)
                rest.Push(type.TypeId);
            foreach (BtfMember member in type.Members)
                rest.Push(member.TypeId);
            if (!followsPointers)
                continue;
            foreach (BtfParameter parameter in type.Parameters)
                rest.Push(parameter.TypeId);
        }
    }

    /// <summary>Returns the type without qualifiers, arrays and typedefs.</summary>
    private uint Target(uint id)
    {
        // A cycle is detected by the number of types.
        for (int step = 0; step < _btf.Count; step++)
        {
            BtfType type = _btf[id];
            if (
                type.Kind
                is not (BtfKind.Typedef or BtfKind.Const or BtfKind.Volatile or BtfKind.Restrict or BtfKind.TypeTag or BtfKind.Array)
            )
                break;
            id = type.TypeId;
        }
        return id;
    }

    private bool IsNamed(uint id)
    {
        BtfType type = _btf[id];
        return type.Kind switch
        {
            BtfKind.Struct or BtfKind.Union => type.Name.Length != 0,
            BtfKind.Enum or BtfKind.Enum64 => type.Count != 0 && (type.Name.Length != 0 || !_hasTypedef[id]),
            BtfKind.Typedef => _btf[type.TypeId] is { Name: "", Kind: BtfKind.Struct or BtfKind.Union or BtfKind.Enum or BtfKind.Enum64 },
            _ => false,
        };
    }
}
