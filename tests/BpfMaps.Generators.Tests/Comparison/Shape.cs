extern alias generator;
extern alias runtime;

using BpfMaps.Generators.Layouts;
using BpfMaps.Generators.Model;
using BpfMaps.Generators.Utilities;
using BpfMaps.Metadata;
using BpfTypeKind = generator::BpfMaps.Metadata.BpfTypeKind;

namespace BpfMaps.Generators.Tests.Comparison;

/// <summary>A random type in three forms: the model of C# types, of layout files, and of the runtime library.</summary>
/// <param name="Fields">None for a scalar.</param>
internal sealed record Shape(BpfTypeKind Kind, int Size, Shape.Field[] Fields)
{
    private static readonly (BpfTypeKind Kind, int Size, string Token)[] s_scalars =
    [
        (BpfTypeKind.Unsigned, 1, "u8"),
        (BpfTypeKind.Unsigned, 2, "u16"),
        (BpfTypeKind.Unsigned, 4, "u32"),
        (BpfTypeKind.Unsigned, 8, "u64"),
        (BpfTypeKind.Signed, 1, "s8"),
        (BpfTypeKind.Signed, 4, "s32"),
        (BpfTypeKind.Signed, 8, "s64"),
        (BpfTypeKind.Float, 4, "f32"),
        (BpfTypeKind.Float, 8, "f64"),
        (BpfTypeKind.Char, 1, "char"),
        (BpfTypeKind.Enum, 4, "enum:e4"),
        (BpfTypeKind.SignedEnum, 4, "enum:s4"),
        (BpfTypeKind.Enum, 1, "enum:e1"),
    ];

    public bool IsScalar => Fields.Length == 0;

    public static Shape Random(Random random, int depth)
    {
        bool isUnion = depth > 0 && random.Next(4) == 0;
        List<Field> fields = [];
        int end = 0;
        for (int left = random.Next(1, 5); left > 0; left--)
        {
            Shape type = depth < 2 && random.Next(4) == 0 ? Random(random, depth + 1) : Scalar(random);
            int count = random.Next(4) == 0 ? random.Next(1, 4) : 0;
            int offset = isUnion ? 0 : end + (random.Next(3) == 0 ? random.Next(0, 4) : 0);
            fields.Add(new("f" + fields.Count, offset, type, count));
            end = Math.Max(end, fields[^1].End);
        }
        return new(isUnion && fields.Count > 1 ? BpfTypeKind.Union : BpfTypeKind.Struct, end + random.Next(0, 2), [.. fields]);
    }

    /// <summary>Gets the same type with one random change.</summary>
    public Shape Mutate(Random random)
    {
        if (IsScalar)
            return Scalar(random);
        int index = random.Next(Fields.Length);
        Field field = Fields[index];
        Field changed = random.Next(5) switch
        {
            0 => field with { Count = field.Count == 0 ? 2 : field.Count - 1 },
            1 => field with { Offset = Kind == BpfTypeKind.Union ? 0 : Math.Max(0, field.Offset + random.Next(-2, 3)) },
            _ => field with { Type = field.Type.Mutate(random) },
        };
        Field[] fields = [.. Fields.Select((f, i) => i == index ? changed : f)];
        for (int i = 1; i < fields.Length && Kind != BpfTypeKind.Union; i++)
            fields[i] = fields[i] with { Offset = Math.Max(fields[i].Offset, fields[i - 1].End) };
        return this with { Fields = fields, Size = Math.Max(Size, fields.Max(static f => f.End)) };
    }

    /// <summary>Gets the model of C# types.</summary>
    public TypeLayout ToDeclared() =>
        new(
            "T",
            "T",
            Kind,
            Size,
            1,
            Fields.Select(static f => new FieldLayout(f.Name, f.Offset, f.Type.ToDeclared(), f.Count)).ToEquatableArray()
        );

    /// <summary>Gets the model of layout files: adds types to <paramref name="types"/>, and returns the token.</summary>
    public string ToObject(Dictionary<string, LayoutType> types)
    {
        string token = IsScalar
            ? s_scalars.First(s => s.Kind == Kind && s.Size == Size).Token
            : $"{(Kind == BpfTypeKind.Union ? "union" : "struct")}:t{types.Count}";
        if (LayoutNumbers.IsKnown(token))
            return token;
        types[token] = new(token, token[(token.IndexOf(':', StringComparison.Ordinal) + 1)..], Kind, Size, 1, [], []);
        EquatableArray<LayoutField> fields = Fields
            .Select(f => new LayoutField(f.Name, f.Offset, new(f.Type.ToObject(types), f.Count), f.BitOffset, f.BitSize))
            .ToEquatableArray();
        types[token] = types[token] with { Fields = fields };
        return token;
    }

    /// <summary>Gets the model of the runtime library.</summary>
    public BpfTypeLayout ToRuntime() =>
        Kind switch
        {
            BpfTypeKind.Struct => BpfTypeLayout.Struct("T", Size, 1, [.. Fields.Select(static f => f.ToRuntime())]),
            BpfTypeKind.Union => BpfTypeLayout.Union("T", Size, 1, [.. Fields.Select(static f => f.ToRuntime())]),
            _ => BpfTypeLayout.Scalar("T", (runtime::BpfMaps.Metadata.BpfTypeKind)Kind, Size),
        };

    /// <summary>Changes some integers of a struct to bitfields, which only objects have.</summary>
    public Shape WithBitfields(Random random) =>
        this with
        {
            Fields =
            [
                .. Fields.Select(f =>
                    f.Count == 0 && f.Type is { IsScalar: true, Kind: BpfTypeKind.Unsigned } && random.Next(3) == 0
                        ? f with
                        {
                            BitOffset = random.Next(0, 4),
                            BitSize = random.Next(1, 5),
                        }
                        : f with
                        {
                            Type = f.Type.WithBitfields(random),
                        }
                ),
            ],
        };

    private static Shape Scalar(Random random)
    {
        (BpfTypeKind kind, int size, _) = s_scalars[random.Next(s_scalars.Length)];
        return new(kind, size, []);
    }

    internal sealed record Field(string Name, int Offset, Shape Type, int Count, int BitOffset = 0, int BitSize = 0)
    {
        public int End => Offset + (Type.Size * Math.Max(Count, 1));

        public BpfFieldLayout ToRuntime() =>
            BitSize == 0
                ? new(Name, Offset, Type.ToRuntime(), Count)
                : BpfFieldLayout.Bitfield(Name, Offset, Type.ToRuntime(), BitOffset, BitSize);
    }
}
