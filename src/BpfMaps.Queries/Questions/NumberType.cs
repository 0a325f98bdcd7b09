using System.Diagnostics.CodeAnalysis;

namespace BpfMaps.Queries.Questions;

/// <summary>An integer type. Numbers are kept in 64 bits, extended with zeros or with their sign.</summary>
/// <param name="Size">1, 2, 4 or 8 bytes.</param>
/// <param name="IsSigned">Whether the type is signed.</param>
internal readonly record struct NumberType(int Size, bool IsSigned)
{
    public static NumberType UInt64 { get; } = new(8, false);

    public static NumberType Byte { get; } = new(1, false);

    /// <summary>Gets the mask of shift counts, as in C#.</summary>
    public int ShiftMask => Size == 8 ? 63 : 31;

    /// <summary>Gets the number type of a C# type: integers, characters, <see cref="bool"/>, and enumerations.</summary>
    public static bool TryOf(Type type, [NotNullWhen(true)] out NumberType? number)
    {
        number = Type.GetTypeCode(type) switch
        {
            TypeCode.Boolean or TypeCode.Byte => new(1, false),
            TypeCode.SByte => new(1, true),
            TypeCode.UInt16 or TypeCode.Char => new(2, false),
            TypeCode.Int16 => new(2, true),
            TypeCode.UInt32 => new(4, false),
            TypeCode.Int32 => new(4, true),
            TypeCode.UInt64 => new(8, false),
            TypeCode.Int64 => new(8, true),
            _ when type == typeof(nint) => new(8, true),
            _ when type == typeof(nuint) => new(8, false),
            _ => null,
        };
        return number is not null;
    }

    /// <summary>Cuts a number to the size of the type, and extends it to 64 bits.</summary>
    public ulong Normalize(ulong value)
    {
        int unused = 64 - (8 * Size);
        return IsSigned ? (ulong)((long)(value << unused) >> unused) : value << unused >> unused;
    }

    /// <summary>Returns whether every number of another type, extended to 64 bits, is one of this type with the same bits.</summary>
    public bool Includes(NumberType other) =>
        Size == 8 || (other.Size < Size && (IsSigned || !other.IsSigned)) || (other.Size == Size && other.IsSigned == IsSigned);

    /// <summary>Returns whether the type has every number of another type, so that a conversion cannot overflow.</summary>
    public bool Holds(NumberType other) => QueryRules.Holds(Size, IsSigned, other.Size, other.IsSigned);
}
