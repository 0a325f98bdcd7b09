using BpfMaps.CodeFixes.Repairs;
using BpfMaps.Generators.Model;
using BpfMaps.Generators.Parsing;
using BpfMaps.Generators.Utilities;
using BpfMaps.Metadata;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BpfMaps.CodeFixes.Objects;

/// <summary>Inserts padding that moves the fields of a struct to the offsets in the object.</summary>
internal sealed class FieldGaps
{
    private readonly List<(int Index, string[] Members)> _insertions;

    private FieldGaps(List<(int Index, string[] Members)> insertions) => _insertions = insertions;

    /// <returns><see langword="null"/> unless padding alone removes all differences.</returns>
    public static FieldGaps? Find(ObjectPart part, StructDeclarationSyntax declaration)
    {
        List<int> members =
        [
            .. declaration
                .Members.Select(static (member, index) => (Member: member, Index: index))
                .Where(static m => FieldOrder.IsInstanceField(m.Member, out _))
                .Select(static m => m.Index),
        ];
        EquatableArray<FieldLayout> own = part.Mismatch.Declared.Fields;
        if (
            part.ObjectType is not { } type
            || members.Count != own.Count
            || StructLayoutInfo.Read(part.Type) is not { Kind: System.Runtime.InteropServices.LayoutKind.Sequential } info
        )
            return null;

        // Fields are matched by order: the n-th field in C# is the n-th in C.
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
            int reached =
                i < own.Count
                    ? RoundUp(end, Math.Min(own[i].Type.Alignment, info.Pack == 0 ? int.MaxValue : info.Pack))
                    : RoundUp(end, part.Mismatch.Declared.Alignment);
            if (wanted > reached)
                insertions.Add(
                    (
                        i < own.Count ? members[i] : members[own.Count - 1] + 1,
                        [.. Fill(fields, names, end, wanted - end, part.Mismatch.Declared.Alignment)]
                    )
                );
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
        foreach ((_, int size) in PaddingFields.Fill(offset, length, alignment))
        {
            string name = PaddingFields.TakeName(names.Add);
            fields.Add(new(name, new("", "", BpfTypeKind.Unsigned, size, PaddingFields.AlignmentOf(size), []), 0, null));
            yield return $"private {PaddingFields.TypeOf(size)} {name};";
        }
    }

    private static int RoundUp(int value, int alignment) => (value + alignment - 1) / alignment * alignment;
}
