using System.Diagnostics.CodeAnalysis;

namespace BpfMaps.Metadata;

/// <summary>Creates the layouts of the types of a <see cref="Btf"/>, each once.</summary>
/// <remarks>
/// The types are untrusted input. The kernel's limit of nesting ends types that contain themselves, layouts are cached so that a type that
/// is used in many places is read once, and the length of the BTF limits the number of fields.
/// </remarks>
internal sealed class BtfLayouts
{
    /// <summary>The maximum nesting of types (MAX_RESOLVE_DEPTH in the kernel).</summary>
    private const int MaxDepth = 32;

    /// <summary>More than the value of a map can have.</summary>
    private const int MaxSize = 1 << 30;

    private readonly Btf _btf;
    private readonly Dictionary<uint, Outcome> _uses = [];
    private readonly Dictionary<uint, Outcome> _described = [];
    private readonly Lock _lock = new();

    // A member takes 12 bytes, and a struct is described again only for each typedef that gives it a name.
    private int _fieldsLeft;

    public BtfLayouts(Btf btf, int typeBytes)
    {
        _btf = btf;
        _fieldsLeft = 1024 + typeBytes / 3;
    }

    /// <inheritdoc cref="Btf.TryGetLayout"/>
    public bool TryGet(uint id, [NotNullWhen(true)] out BpfTypeLayout? layout, [NotNullWhen(false)] out string? problem)
    {
        Outcome outcome;
        lock (_lock)
            outcome = Resolve(id, 0);

        layout = outcome.HasNoElements ? null : outcome.Layout;
        problem = outcome.HasNoElements ? "it is an array without elements, or without a length" : outcome.Problem;
        if (layout is not null && outcome.Count != 0)
            layout = BpfTypeLayout.Struct(
                "",
                layout.Size * outcome.Count,
                layout.Alignment,
                new BpfFieldLayout("", 0, layout, outcome.Count)
            );
        return layout is not null;
    }

    /// <summary>Gets the size of a type, which may have no layout; <see langword="null"/> if it has no size either.</summary>
    public uint? SizeOf(uint id)
    {
        Shape shape = Flatten(id, 0);
        ulong size = (ulong)(shape.Count ?? 1) * (shape.Type.Kind == BtfKind.Pointer ? 8 : shape.Type.Size);
        bool hasSize = shape.Type.Kind is not (BtfKind.Void or BtfKind.Forward or BtfKind.Function or BtfKind.FunctionPrototype);
        return hasSize && size <= uint.MaxValue ? (uint)size : null;
    }

    /// <summary>The field that a variable is in a section of <paramref name="sectionSize"/> bytes.</summary>
    public bool TryPlace(
        BtfType section,
        long sectionSize,
        BtfType variable,
        long offset,
        [NotNullWhen(true)] out BpfFieldLayout? field,
        [NotNullWhen(false)] out string? problem
    )
    {
        Outcome outcome;
        lock (_lock)
            outcome = Resolve(variable.TypeId, 0);

        field =
            outcome.Layout is null || outcome.HasNoElements
                ? null
                : BtfMembers.Place(section, sectionSize, variable.Name, offset, outcome.Layout, outcome.Count);
        problem = outcome.HasNoElements ? "its type has no length" : outcome.Problem;
        return field is not null;
    }

    private Outcome Resolve(uint id, int depth)
    {
        if (_uses.TryGetValue(id, out Outcome outcome))
            return outcome;

        Shape shape = Flatten(id, depth);
        outcome = LayoutOf(shape);
        if (shape.Count is { } count && outcome.Layout is { } element)
        {
            // The element type determines the alignment of the containing struct, even if there are no elements.
            outcome =
                count == 0 || element.Size == 0 ? outcome with { HasNoElements = count == 0, Count = count }
                : (long)count * element.Size > MaxSize
                    ? Outcome.None($"it is an array of {count} elements of {element.Size} bytes, more than any map holds")
                : outcome with { Count = count };
        }
        _uses[id] = outcome;
        return outcome;
    }

    /// <summary>Follows typedefs, qualifiers and arrays to the underlying type.</summary>
    private Shape Flatten(uint id, int depth)
    {
        int? count = null;
        TypeNames names = default;
        for (; ; depth++)
        {
            BtfType type = _btf[id];
            if (depth > MaxDepth)
                _btf.Throw(id, $"is nested deeper than {MaxDepth} types, or contains itself");
            switch (type.Kind)
            {
                case BtfKind.Typedef:
                    names = names.With(type);
                    break;
                case BtfKind.Const or BtfKind.Volatile or BtfKind.Restrict or BtfKind.TypeTag or BtfKind.Variable:
                    break;
                case BtfKind.Array:
                    count = (int)Math.Min((count ?? 1L) * type.ElementCount, int.MaxValue);
                    names = default; // A typedef of the array does not name its elements.
                    break;
                default:
                    return new(type, count, names, depth);
            }
            id = type.TypeId;
        }
    }

    private Outcome LayoutOf(in Shape shape)
    {
        BtfType type = shape.Type;
        int size = (int)Math.Min(type.Size, int.MaxValue);
        switch (type.Kind)
        {
            case BtfKind.Int when size is 1 or 2 or 4 or 8 or 16:
                return new(type, BtfScalars.Integer(type, shape.Names));
            case BtfKind.Struct when _btf.IsLoaded && size is 4 or 8 && type is { Count: 0, Name: "" }:
                return new(type, BpfTypeLayout.Scalar(shape.Names.ForNumber(BtfNames.Float(size)), BpfTypeKind.Float, size));
            case BtfKind.Float when size is 4 or 8:
                return new(type, BpfTypeLayout.Scalar(shape.Names.ForNumber(type.Name), BpfTypeKind.Float, size));
            case BtfKind.Pointer:
                return new(type, BtfScalars.Pointer);
            case BtfKind.Enum or BtfKind.Enum64 when size is 1 or 2 or 4 or 8:
            case BtfKind.Struct or BtfKind.Union or BtfKind.DataSection when size <= MaxSize:
                return Describe(shape);
            case BtfKind.Void or BtfKind.Forward or BtfKind.Function or BtfKind.FunctionPrototype:
                return Outcome.None($"'{type}' has no size");
            case BtfKind.DeclarationTag:
                _btf.Throw(type.Id, "is a declaration tag, which cannot be the type of a value");
                return default;
            default:
                return Outcome.None($"'{type}' has {type.Size} bytes, which has no counterpart in C#");
        }
    }

    /// <summary>Describes a type with members once, and once more for each typedef that names an anonymous type.</summary>
    private Outcome Describe(in Shape shape)
    {
        BtfType type = shape.Type;
        uint key = type.Name.Length == 0 && shape.Names.InnermostId != 0 ? shape.Names.InnermostId : type.Id;
        if (_described.TryGetValue(key, out Outcome outcome))
            return outcome;

        _fieldsLeft -= type.Count;
        if (_fieldsLeft < 0)
            _btf.Throw(type.Id, "is one description too many: with it there are several times as many fields as the whole has room for");
        outcome = type.Kind switch
        {
            BtfKind.Enum or BtfKind.Enum64 => new(type, BtfScalars.Enumeration(type, shape.Names)),
            BtfKind.DataSection => Section(type, shape.Depth),
            _ => StructOrUnion(type, shape.Names.ForMembers(type.Name), shape.Depth),
        };
        _described[key] = outcome;
        return outcome;
    }

    private Outcome StructOrUnion(BtfType type, string name, int depth)
    {
        List<BpfFieldLayout> fields = new(type.Count);
        BtfAlignment alignment = new((int)type.Size);
        foreach (BtfMember member in type.Members)
        {
            Outcome outcome = Resolve(member.TypeId, depth + 1);
            if (outcome.Layout is null)
                return Outcome.None(BtfMembers.Within(type, member, outcome.Problem!));
            if (outcome.HasNoBytes)
            {
                // Markers, empty structs, flexible arrays at the end: C# has no such fields, and they hold no data.
                BtfMembers.CheckPlace(type, member);
                alignment.AddMarker(outcome.Layout.Alignment, member.BitOffset);
                continue;
            }
            fields.Add(BtfMembers.Place(type, member, outcome.Type!, outcome.Layout, outcome.Count));
            alignment.Add(fields[^1]);
        }
        return new(
            type,
            type.Kind == BtfKind.Union
                ? BpfTypeLayout.Union(name, (int)type.Size, alignment.Value, [.. fields])
                : BpfTypeLayout.Struct(name, (int)type.Size, alignment.Value, [.. fields])
        );
    }

    /// <summary>Converts the variables of a section to fields. Variables without a layout leave a gap.</summary>
    private Outcome Section(BtfType type, int depth)
    {
        if (type.Size == 0)
            return Outcome.None($"'{type}' is of an object that was not linked, and says neither its size nor where its variables stand");

        List<BpfFieldLayout> fields = new(type.Count);
        BtfAlignment alignment = new((int)type.Size);
        foreach (BtfSectionVariable variable in type.Variables)
        {
            Outcome outcome = Resolve(variable.TypeId, depth + 1);
            if (outcome.Layout is null || outcome.HasNoBytes)
                continue;
            fields.Add(BtfMembers.Place(type, type.Size, _btf[variable.TypeId].Name, variable.Offset, outcome.Layout, outcome.Count));
            alignment.Add(fields[^1]);
        }
        return new(type, BpfTypeLayout.Struct(type.Name, (int)type.Size, alignment.Value, [.. fields]));
    }

    /// <summary>A type without typedefs, qualifiers and arrays.</summary>
    /// <param name="Type">Neither a typedef, a qualifier nor an array.</param>
    /// <param name="Count">The number of elements of an array, or <see langword="null"/>.</param>
    /// <param name="Names">What the typedefs on the way call it.</param>
    /// <param name="Depth">How deep it is nested.</param>
    private readonly record struct Shape(BtfType Type, int? Count, TypeNames Names, int Depth);

    /// <summary>A layout with its type and its number of elements (0: no array), or why it has no layout.</summary>
    private readonly record struct Outcome(BtfType? Type, BpfTypeLayout? Layout, int Count = 0, string? Problem = null)
    {
        /// <summary>Gets whether this is an array of 0 elements; <see cref="Layout"/> is the layout of an element.</summary>
        public bool HasNoElements { get; init; }

        /// <summary>Gets whether a field of this type has no bytes.</summary>
        public bool HasNoBytes => HasNoElements || Layout is { Size: 0 };

        public static Outcome None(string problem) => new(null, null, 0, problem);
    }
}
