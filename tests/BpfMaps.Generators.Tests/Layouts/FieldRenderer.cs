namespace BpfMaps.Generators.Tests.Layouts;

/// <summary>A field in both languages.</summary>
/// <param name="CSharp">The C# declaration, without a layout attribute.</param>
/// <param name="Extra">Further types that the declaration needs.</param>
/// <param name="C">The C declaration; <see langword="null"/> if C has no such type.</param>
/// <param name="IsPointer">Whether the name itself is the address (fixed buffers).</param>
internal sealed record RenderedField(string Name, string CSharp, string Extra, string? C, bool IsPointer = false, string CExtra = "");

/// <summary>Turns the numbers of a <see cref="FieldChoice"/> into a field.</summary>
internal static class FieldRenderer
{
    public const int Kinds = 24;

    private static readonly (string CSharp, string C)[] s_numbers =
    [
        ("byte", "unsigned char"),
        ("sbyte", "signed char"),
        ("short", "short"),
        ("ushort", "unsigned short"),
        ("int", "int"),
        ("uint", "unsigned int"),
        ("long", "long long"),
        ("ulong", "unsigned long long"),
        ("float", "float"),
        ("double", "double"),
        ("Int128", "__int128"),
        ("UInt128", "unsigned __int128"),
    ];

    // C# allows neither fixed buffers nor enums of the 128-bit types.
    private const int SmallNumbers = 10,
        Integers = 8;

    /// <param name="earlier">The properties of the earlier structs.</param>
    public static RenderedField Render(int owner, int index, FieldChoice field, IReadOnlyList<(bool IsC, bool IsArrayElement)> earlier)
    {
        string name = "f" + index;
        string own = $"T{owner}_{index}";
        (string number, string cNumber) = s_numbers[field.First % s_numbers.Length];
        int length = 1 + (field.Second % 9);
        int before = earlier.Count == 0 ? -1 : field.First % earlier.Count;
        string? cBefore = before >= 0 && earlier[before].IsC ? $"struct S{before}" : null;
        switch (field.Kind)
        {
            case < 10:
                (number, cNumber) = s_numbers[field.Kind];
                return new(name, $"public {number} {name};", "", $"{cNumber} {name};");
            case 10 or 11:
                return new(name, $"public {number} {name};", "", $"{cNumber} {name};");
            case 12 or 13:
                (number, cNumber) = s_numbers[field.First % Integers];
                return new(name, $"public {own} {name};", $"public enum {own} : {number} {{ One }}", $"{cNumber} {name};");
            case 14 or 15 when before >= 0:
                return new(name, $"public S{before} {name};", "", cBefore is null ? null : $"{cBefore} {name};");
            case 16 or 17:
                (number, cNumber) = s_numbers[field.First % SmallNumbers];
                return new(name, $"public fixed {number} {name}[{length}];", "", $"{cNumber} {name}[{length}];", IsPointer: true);
            case 18:
                return new(
                    name,
                    $"public {own} {name};",
                    $"[InlineArray({length})] public struct {own} {{ private {number} _e; }}",
                    $"{cNumber} {name}[{length}];"
                );
            case 19 when before >= 0 && earlier[before].IsArrayElement:
                return new(
                    name,
                    $"public {own} {name};",
                    $"[InlineArray({length})] public struct {own} {{ private S{before} _e; }}",
                    cBefore is null ? null : $"{cBefore} {name}[{length}];"
                );
            case 20:
                int size = 16 << (field.First % 3);
                return new(
                    name,
                    $"public Be{size} {name};",
                    "",
                    $"unsigned {(size == 16 ? "short" : size == 32 ? "int" : "long long")} {name};"
                );
            case 21:
                int bytes = 8 << (field.First % 3);
                return new(name, $"public BpfText<Bytes{bytes}> {name};", "", $"char {name}[{bytes}];");
            case 22:
                return new(
                    name,
                    $"public LpmKey<{number}> {name};",
                    "",
                    $"struct {{ unsigned int p; {cNumber} d; }} __attribute__((packed)) {name};"
                );
            case 23:
                return new(
                    name,
                    $"public {own}<{number}> {name};",
                    $"public struct {own}<T> {{ public byte A; public T B; }}",
                    $"struct {own} {name};",
                    CExtra: $"struct {own} {{ unsigned char a; {cNumber} b; }};"
                );
            default:
                return new(name, $"public byte {name};", "", $"unsigned char {name};");
        }
    }
}
