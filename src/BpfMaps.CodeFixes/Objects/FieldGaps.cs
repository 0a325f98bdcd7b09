using BpfMaps.CodeFixes.Layout;
using BpfMaps.CodeFixes.Repairs;
using BpfMaps.Generators.Diagnostics;
using BpfMaps.Generators.Model;
using BpfMaps.Generators.Parsing;
using BpfMaps.Generators.Utilities;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BpfMaps.CodeFixes.Objects;

/// <summary>Padding that puts a struct's fields where the object has them.</summary>
internal sealed class FieldGaps
{
    private static readonly Dictionary<string, TypeLayout> s_numbers = new(StringComparer.Ordinal)
    {
        ["byte"] = Number(1), ["ushort"] = Number(2), ["uint"] = Number(4), ["ulong"] = Number(8),
    };

    private readonly List<(int Index, string[] Members)> _insertions;

    private FieldGaps(List<(int Index, string[] Members)> insertions) => _insertions = insertions;

    /// <returns><see langword="null"/> unless padding alone makes everything right.</returns>
    public static FieldGaps? Find(ObjectPart part, StructDeclarationSyntax declaration)
    {
        List<int> members = [.. declaration.Members.Select(static (member, index) => (Member: member, Index: index)).Where(static m => FieldOrder.IsInstanceField(m.Member, out _)).Select(static m => m.Index)];
        EquatableArray<FieldLayout> own = part.Mismatch.Declared.Fields;
        if (part.ObjectType is not { } type || members.Count != own.Count || StructLayoutInfo.Read(part.Type) is not { Kind: System.Runtime.InteropServices.LayoutKind.Sequential } info)
            return null;

        // The object's fields that are not there in C# too, taken one after the other: the n-th field of C# is the n-th of C.
        List<int> offsets = [.. type.Fields.Select(static f => f.Offset).Distinct()];
        if (offsets.Count != own.Count)
            return null;
        HashSet<string> names = [.. part.Type.MemberNames];
        List<UnplacedField> fields = [];
        List<(int, string[])> insertions = [];
        int end = 0;
        for (int i = 0; i <= own.Count; i++)
        {
            int wanted = i < own.Count ? offsets[i] : type.Size;
            int reached = i < own.Count ? RoundUp(end, Math.Min(own[i].Type.Alignment, info.Pack == 0 ? int.MaxValue : info.Pack)) : RoundUp(end, part.Mismatch.Declared.Alignment);
            if (wanted > reached)
                insertions.Add((i < own.Count ? members[i] : members[own.Count - 1] + 1, [.. Fill(fields, names, end, wanted - end, part.Mismatch.Declared.Alignment)]));
            if (i < own.Count)
            {
                fields.Add(new(own[i].Name, own[i].Type, own[i].Count, null));
                end = wanted + own[i].Size;
            }
        }
        return insertions.Count > 0 && part.WouldFit(fields) ? new(insertions) : null;
    }

    public StructDeclarationSyntax ApplyTo(StructDeclarationSyntax declaration)
    {
        foreach ((int index, string[] members) in Enumerable.Reverse(_insertions))
            declaration = (StructDeclarationSyntax)declaration.Insert(index, members);
        return declaration;
    }

    private static IEnumerable<string> Fill(List<UnplacedField> fields, HashSet<string> names, int offset, int length, int alignment)
    {
        foreach ((_, string type) in PaddingFields.Fill(offset, length, alignment))
        {
            string name = NextName(names);
            TypeLayout layout = s_numbers.TryGetValue(type, out TypeLayout? number)
                ? number
                : new(type, type, TypeKindInBtf.Unsigned, int.Parse(type.Substring("global::BpfMaps.Bytes".Length), System.Globalization.CultureInfo.InvariantCulture), 1, []);
            fields.Add(new(name, layout, 0, null));
            yield return $"private {type} {name};";
        }
    }

    private static string NextName(HashSet<string> taken)
    {
        for (int number = 0; ; number++)
        {
            string name = "_pad" + number.Text();
            if (taken.Add(name))
                return name;
        }
    }

    private static TypeLayout Number(int size) => new("", "", TypeKindInBtf.Unsigned, size, size, []);

    private static int RoundUp(int value, int alignment) => (value + alignment - 1) / alignment * alignment;
}
