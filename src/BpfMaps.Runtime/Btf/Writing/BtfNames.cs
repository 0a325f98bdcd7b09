using System.Text;

namespace BpfMaps.Metadata;

/// <summary>Converts C# names to names that the kernel accepts in BTF.</summary>
internal static class BtfNames
{
    public const string SpinLock = "bpf_spin_lock";

    /// <summary>KSYM_NAME_LEN of kernels before 6.1, without the NUL.</summary>
    private const int MaxLength = 127;

    private const string BackingFieldEnd = ">k__BackingField";

    /// <summary>
    /// Converts a name to a C identifier: <c>FlowStats.Key</c> becomes <c>FlowStats_Key</c>, and the field of a property gets the name of
    /// the property. An empty name stays empty.
    /// </summary>
    public static string Identifier(string name)
    {
        if (name.StartsWith('<') && name.EndsWith(BackingFieldEnd, StringComparison.Ordinal))
            name = name[1..^BackingFieldEnd.Length];
        if (name.Length == 0)
            return "";

        StringBuilder identifier = new();
        if (char.IsAsciiDigit(name[0]))
            identifier.Append('_');
        foreach (char c in name)
            identifier.Append(char.IsAsciiLetterOrDigit(c) ? c : '_');
        return identifier.ToString(0, Math.Min(identifier.Length, MaxLength));
    }

    /// <summary>Gets the name in C of a floating-point number of a size.</summary>
    public static string Float(int size) => size == sizeof(float) ? "float" : "double";

    /// <summary>Gets the name of a number, which may have several words.</summary>
    public static string Number(BpfTypeLayout type)
    {
        if (type.Kind == BpfTypeKind.Char)
            return BpfTypeLayout.Char8.Name; // What readers know text by.
        bool isLegal =
            type.Name.Length is > 0 and <= MaxLength && type.Name.All(static c => char.IsAsciiLetterOrDigit(c) || c is '_' or ' ');
        return isLegal ? type.Name : type.ShortName;
    }
}
