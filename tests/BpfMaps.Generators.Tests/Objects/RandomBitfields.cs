using System.Globalization;
using System.Text;

namespace BpfMaps.Generators.Tests.Objects;

/// <summary>A member of a random struct.</summary>
/// <param name="Name">The C name, which is unique in the struct.</param>
/// <param name="Bits">How many bits its values have.</param>
internal sealed record RandomMember(string Name, int Bits, bool IsSigned, bool IsBitfield)
{
    public string CSharpName => "F" + Name[1..];

    /// <summary>Gets the value of the member after a number was assigned.</summary>
    public long Kept(long value) => IsSigned ? value << (64 - Bits) >> (64 - Bits) : (long)((ulong)value << (64 - Bits) >> (64 - Bits));
}

/// <summary>Random structs of bitfields of all types and widths and fields of all sizes, packed and not packed.</summary>
internal sealed class RandomBitfields(Random random)
{
    private static readonly (string Type, int Bits, bool IsSigned)[] s_types =
    [
        ("__u8", 8, false),
        ("__u16", 16, false),
        ("__u32", 32, false),
        ("__u64", 64, false),
        ("__s8", 8, true),
        ("__s16", 16, true),
        ("__s32", 32, true),
        ("__s64", 64, true),
        ("_Bool", 1, false),
        ("enum plain", 32, false),
        ("enum negative", 32, true),
    ];

    private int _next;

    /// <summary>The lines that precede the declarations.</summary>
    public const string Enumerations = "enum plain { PLAIN_A, PLAIN_B = 9 }; enum negative { NEGATIVE_A = -5, NEGATIVE_B = 4 };\n";

    /// <summary>Declares a struct.</summary>
    /// <param name="withUnions">Whether members may share their bytes.</param>
    public (string Declaration, List<RandomMember> Members) Struct(string name, bool withUnions)
    {
        _next = 0;
        List<RandomMember> members = [];
        StringBuilder text = new();
        text.Append("struct ").Append(name).Append(" { ");
        Fields(text, members, 1 + random.Next(9), withUnions, depth: 0);
        text.Append('}').Append(random.Next(3) == 0 ? " __attribute__((packed))" : "").Append(";\n");
        return (text.ToString(), members);
    }

    private void Fields(StringBuilder text, List<RandomMember> members, int count, bool withUnions, int depth)
    {
        for (int index = 0; index < count; index++)
        {
            (string type, int bits, bool isSigned) = s_types[random.Next(s_types.Length)];
            int kind = random.Next(12);
            if (kind == 0 && depth < 2)
            {
                text.Append(withUnions && random.Next(2) == 0 ? "union { " : "struct { ");
                Fields(text, members, 1 + random.Next(4), withUnions, depth + 1);
                text.Append(random.Next(3) == 0 ? "} __attribute__((packed)); " : "}; ");
                continue;
            }
            if (kind == 1 && type != "_Bool")
            {
                text.Append(CultureInfo.InvariantCulture, $"{type} :{random.Next(bits)}; ");
                continue;
            }
            string name = "f" + (_next++).ToString(CultureInfo.InvariantCulture);
            bool isBitfield = kind > 4;
            int width = isBitfield && bits > 1 ? 1 + random.Next(bits) : bits;
            members.Add(new(name, width, isSigned, isBitfield));
            text.Append(
                CultureInfo.InvariantCulture,
                $"{type} {name}{(isBitfield ? ":" + width.ToString(CultureInfo.InvariantCulture) : "")}; "
            );
        }
    }
}
