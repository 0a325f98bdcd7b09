using System.Globalization;
using BpfMaps.Generators.Utilities;
using BpfMaps.Metadata;

namespace BpfMaps.Generators.Objects;

/// <summary>Writes properties that access bits of storage fields.</summary>
internal sealed class BitfieldEmitter(SourceWriter writer, ObjectTypePlanner types)
{
    private const int LargestNumber = 64;

    public void Emit(MemberPlan member, BitsPlan bits)
    {
        writer.WriteLine($"public {member.Type} {member.Name}");
        writer.OpenBlock();
        writer.WriteLine($"readonly get => {Read(member, bits)};");
        string value = member.Type == "bool" ? "(value ? 1UL : 0UL)" : "value";
        if (bits.Parts.Count == 1)
            writer.WriteLine($"set => {Assignment(member, bits, bits.Parts[0], value)};");
        else
        {
            writer.WriteLine("set");
            writer.OpenBlock();
            foreach (BitsPart part in bits.Parts)
                writer.WriteLine(Assignment(member, bits, part, value) + ";");
            writer.CloseBlock();
        }
        writer.CloseBlock();
    }

    private string Assignment(MemberPlan member, BitsPlan bits, BitsPart part, string value)
    {
        string storage = part.Storage.Name;
        string set = member.Type == "bool" ? value : Masked(Shifted($"({Number(bits)}){value}", ">>", part.ValueShift), bits, part);
        string others = Hexadecimal(Ones(part.Storage.Size * 8) & ~(Ones(part.Count) << part.Shift));
        return $"{storage} = unchecked(({part.Storage.Type})((ulong)({storage} & {others}) | {Shifted(set, "<<", part.Shift)}))";
    }

    private static string Masked(string value, BitsPlan bits, BitsPart part)
    {
        string masked = $"({value} & {Hexadecimal(Ones(part.Count))})";
        return bits.Count > LargestNumber ? "(ulong)" + masked : masked;
    }

    private string Read(MemberPlan member, BitsPlan bits)
    {
        if (IsSigned(member) && bits.Parts.Count == 1)
        {
            BitsPart only = bits.Parts[0];
            string left = (LargestNumber - only.Shift - only.Count).Text(),
                right = (LargestNumber - only.Count).Text();
            return $"unchecked(({member.Type})((long)((ulong){only.Storage.Name} << {left}) >> {right}))";
        }
        string number =
            bits.Parts.Count == 1
                ? ReadPart(bits, bits.Parts[0])
                : "(" + string.Join(" | ", bits.Parts.Select(part => ReadPart(bits, part))) + ")";
        if (member.Type == "bool")
            return $"{number} != 0";
        if (!IsSigned(member))
            return $"unchecked(({member.Type}){number})";
        bool isWide = bits.Count > LargestNumber;
        string unused = ((isWide ? 2 * LargestNumber : LargestNumber) - bits.Count).Text();
        return $"unchecked(({member.Type})(({(isWide ? types.Style.System + "Int128" : "long")})({number} << {unused}) >> {unused}))";
    }

    private string ReadPart(BitsPlan bits, BitsPart part)
    {
        string shifted = part.Shift == 0 ? part.Storage.Name : $"((ulong){part.Storage.Name} >> {part.Shift.Text()})";
        string masked = $"({shifted} & {Hexadecimal(Ones(part.Count))})";
        return part.ValueShift == 0
            ? masked
            : Shifted(bits.Count > LargestNumber ? $"({Number(bits)})" + masked : masked, "<<", part.ValueShift);
    }

    private bool IsSigned(MemberPlan member) =>
        types.Find(member.Use.Element) is { } type ? type.Kind == BpfTypeKind.SignedEnum : member.Use.Element[0] == 's';

    private string Number(BitsPlan bits) => bits.Count > LargestNumber ? types.Style.System + "UInt128" : "ulong";

    private static string Shifted(string number, string direction, int count) =>
        count == 0 ? number : $"({number} {direction} {count.Text()})";

    private static ulong Ones(int count) => count == LargestNumber ? ulong.MaxValue : (1UL << count) - 1;

    private static string Hexadecimal(ulong number) => "0x" + number.ToString("X", CultureInfo.InvariantCulture) + "UL";
}
