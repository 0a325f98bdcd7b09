using BpfMaps.Generators.Utilities;
using BpfMaps.Metadata;

namespace BpfMaps.CodeFixes.Objects;

/// <summary>Finds the C# types that correspond to C types.</summary>
internal static class MemberTypes
{
    private const string Runtime = "global::BpfMaps.";

    private static readonly int[] s_readyMade = [8, 16, 32, 64, 128, 256];

    /// <summary>Gets the type of a field of the object; <see langword="null"/> if the type would have to be declared.</summary>
    public static string? Of(LayoutLeaf leaf)
    {
        if (leaf.Count == 1)
            return leaf.IsOpaque ? null : Number(leaf.Kind, leaf.ElementSize, leaf.ElementText);
        return leaf.IsBytes ? Bytes(leaf.Kind, leaf.Count) : null;
    }

    /// <param name="cName">The C name, which identifies numbers in network byte order.</param>
    public static string Number(BpfTypeKind kind, int size, string? cName) =>
        (kind, size, cName) switch
        {
            (_, 2, "__be16") => Runtime + "Be16",
            (_, 4, "__be32") => Runtime + "Be32",
            (_, 8, "__be64") => Runtime + "Be64",
            (BpfTypeKind.Float, 4, _) => "float",
            (BpfTypeKind.Float, _, _) => "double",
            (BpfTypeKind.Signed or BpfTypeKind.SignedEnum, 1, _) => "sbyte",
            (BpfTypeKind.Signed or BpfTypeKind.SignedEnum, 2, _) => "short",
            (BpfTypeKind.Signed or BpfTypeKind.SignedEnum, 4, _) => "int",
            (BpfTypeKind.Signed or BpfTypeKind.SignedEnum, 8, _) => "long",
            (BpfTypeKind.Signed, _, _) => "global::System.Int128",
            (_, 1, _) => "byte",
            (_, 2, _) => "ushort",
            (_, 4, _) => "uint",
            (_, 8, _) => "ulong",
            _ => "global::System.UInt128",
        };

    /// <summary>Gets the type of the runtime library for an array of bytes or characters with this length, if there is one.</summary>
    public static string? Bytes(BpfTypeKind kind, int count)
    {
        if (Array.IndexOf(s_readyMade, count) < 0)
            return null;
        string bytes = Runtime + "Bytes" + count.Text();
        return kind == BpfTypeKind.Char ? $"{Runtime}BpfText<{bytes}>" : bytes;
    }
}
