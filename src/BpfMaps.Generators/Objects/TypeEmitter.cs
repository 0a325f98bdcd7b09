using System.Globalization;
using BpfMaps.Generators.Diagnostics;
using BpfMaps.Generators.Emission;
using BpfMaps.Generators.Layouts;
using BpfMaps.Generators.Model;
using BpfMaps.Generators.Utilities;

namespace BpfMaps.Generators.Objects;

/// <summary>Writes the C# types of an object.</summary>
internal sealed class TypeEmitter(SourceWriter writer, ObjectTypes types, ValueAggregation aggregation)
{
    private readonly string _layouts = types.Style.System.Length == 0 ? "" : types.Style.System + "Runtime.InteropServices.";
    private readonly string _compiler = types.Style.System.Length == 0 ? "" : types.Style.System + "Runtime.CompilerServices.";

    public void EmitAll()
    {
        bool isFirst = true;
        // Asking a struct for its totals may ask for no type that is not there yet, so the list is complete.
        foreach (object plan in types.InOrder)
        {
            if (!isFirst)
                writer.WriteLine();
            isFirst = false;
            switch (plan)
            {
                case StructPlan type:
                    Emit(type);
                    break;
                case EnumPlan type:
                    Emit(type);
                    break;
                case ArrayPlan type:
                    Emit(type);
                    break;
            }
        }
    }

    private void Emit(ArrayPlan array) => writer.WriteLine($$"""
        /// <summary>An array of {{array.Count.Text()}} elements.</summary>
        [{{_compiler}}InlineArray({{array.Count.Text()}})]
        public struct {{array.Name}}
        {
            private {{array.ElementType}} _first;
        }
        """);

    private void Emit(EnumPlan plan)
    {
        bool isSigned = plan.Layout.Kind == TypeKindInBtf.SignedEnum;
        string number = (isSigned, plan.Layout.Size) switch
        {
            (false, 1) => "byte",
            (true, 1) => "sbyte",
            (false, 2) => "ushort",
            (true, 2) => "short",
            (false, 4) => "uint",
            (true, 4) => "int",
            (false, _) => "ulong",
            _ => "long",
        };
        writer.WriteLine($"/// <summary><c>{DocText.Xml(CName(plan.Layout))}</c>.</summary>");
        if (plan.Layout.Remark is { } remark)
            writer.WriteLine($"/// <remarks>Attention: {DocText.Xml(remark)}.</remarks>");
        writer.WriteLine($"public enum {plan.Name} : {number}");
        writer.OpenBlock();
        NameScope names = new();
        for (int index = 0; index < plan.Layout.Constants.Count; index++)
        {
            LayoutConstant constant = plan.Layout.Constants[index];
            if (index > 0)
                writer.WriteLine();
            string value = isSigned ? constant.Value.Text() : unchecked((ulong)constant.Value).Text();
            writer.WriteLine($"/// <summary><c>{DocText.Xml(constant.Name)}</c>.</summary>");
            writer.WriteLine($"{names.Take(CSharpNames.Pascal(constant.Name, "Value"), "")} = {value},");
        }
        writer.CloseBlock();
    }

    private void Emit(StructPlan plan)
    {
        writer.WriteLine($"/// <summary><c>{DocText.Xml(CName(plan.Layout))}</c>: {Model.LayoutText.Bytes(plan.Layout.Size)}.</summary>");
        if (plan.Omitted.Count > 0)
            writer.WriteLine($"/// <remarks>{DocText.Xml(string.Join(" ", plan.Omitted))}</remarks>");
        string pack = plan.Pack == 0 ? "" : $", Pack = {plan.Pack.Text()}";
        writer.WriteLine($"[{_layouts}StructLayout({_layouts}LayoutKind.Explicit, Size = {plan.Layout.Size.Text()}{pack})]");
        writer.WriteLine($"public partial struct {plan.Name}");
        writer.OpenBlock();
        List<(int Offset, string Type, string Name)> hidden = [.. plan.Storage.Select(static s => (s.Offset, s.Type, s.Name))];
        if (types.IsPaddingNamed(plan))
            hidden.AddRange(PaddingOf(plan));
        foreach ((int offset, string type, string name) in hidden)
            writer.WriteLine($"[{_layouts}FieldOffset({offset.Text()})] private {type} {name};");
        bool isFirst = hidden.Count == 0;
        foreach (MemberPlan member in plan.Members)
        {
            if (!isFirst)
                writer.WriteLine();
            isFirst = false;
            string cType = member.CType is { } known ? $" (<c>{DocText.Xml(known)}</c>)" : "";
            string bits = member is { Bits: { } place, Type: not "bool" } ? $", {place.Count.Text()} {(place.Count == 1 ? "bit" : "bits")}" : "";
            writer.WriteLine($"/// <summary><c>{DocText.Xml(member.CName)}</c>{cType}{bits}.</summary>");
            if (member.Bits is null)
                writer.WriteLine($"[{_layouts}FieldOffset({member.Offset.Text()})] public {member.Type} {member.Name};");
            else
                EmitProperty(member, member.Bits);
        }
        if (aggregation.OwnStepsOf(plan) is { } own)
            EmitAccumulate(plan, own);
        writer.CloseBlock();
    }

    private IEnumerable<(int Offset, string Type, string Name)> PaddingOf(StructPlan plan)
    {
        IEnumerable<(int, int, string)> fields = plan.Members.Where(static m => m.Bits is null).Select(m => (m.Offset, m.Offset + types.SizeOf(m.Use), m.Name))
            .Concat(plan.Storage.Select(static s => (s.Offset, s.Offset + s.Size, s.Name)));
        HashSet<string> names = [];
        foreach ((int offset, int size) in Padding.Between(fields, plan.Layout.Size).SelectMany(gap => PaddingFields.Fill(gap.Offset, gap.Length, plan.Layout.Alignment)))
            yield return (offset, PaddingFields.TypeOf(size, types.Style.Runtime), PaddingFields.TakeName(names.Add));
    }

    private void EmitProperty(MemberPlan member, BitsPlan bits)
    {
        string storage = bits.Storage.Name;
        ulong mask = Ones(bits.Count);
        string others = Hexadecimal(Ones(bits.Storage.Size * 8) & ~(mask << bits.Shift));
        string set = member.Type == "bool" ? "(value ? 1UL : 0UL)" : $"((ulong)value & {Hexadecimal(mask)})";
        string shifted = bits.Shift == 0 ? set : $"({set} << {bits.Shift.Text()})";
        writer.WriteLine($"public {member.Type} {member.Name}");
        writer.OpenBlock();
        writer.WriteLine($"readonly get => {Read(member, bits)};");
        writer.WriteLine($"set => {storage} = unchecked(({bits.Storage.Type})((ulong)({storage} & {others}) | {shifted}));");
        writer.CloseBlock();
    }

    private string Read(MemberPlan member, BitsPlan bits)
    {
        bool isSigned = member.Use.Element[0] == 's' || types.Find(member.Use.Element)?.Kind == TypeKindInBtf.SignedEnum;
        if (isSigned)
        {
            string left = (64 - bits.Shift - bits.Count).Text(), right = (64 - bits.Count).Text();
            return $"unchecked(({member.Type})((long)((ulong){bits.Storage.Name} << {left}) >> {right}))";
        }
        string shifted = bits.Shift == 0 ? bits.Storage.Name : $"((ulong){bits.Storage.Name} >> {bits.Shift.Text()})";
        string number = $"({shifted} & {Hexadecimal(Ones(bits.Count))})";
        return member.Type == "bool" ? $"{number} != 0" : $"unchecked(({member.Type}){number})";
    }

    private static ulong Ones(int count) => count == 64 ? ulong.MaxValue : (1UL << count) - 1;

    private void EmitAccumulate(StructPlan plan, OwnSteps own)
    {
        string type = types.Style.Own + plan.Name;
        writer.WriteLine();
        writer.WriteLine("/// <summary>Adds one CPU's value to the total.</summary>");
        if (own.Kept.Count > 0)
            writer.WriteLine($"/// <remarks>What has no sum stays as the first CPU has it: {string.Join(", ", own.Kept.Select(static k => $"<see cref=\"{k}\"/>"))}.</remarks>");
        writer.WriteLine("/// <param name=\"total\">The total so far.</param>");
        writer.WriteLine("/// <param name=\"value\">What is added.</param>");
        writer.WriteLine($"public static void Accumulate(ref {type} total, in {type} value)");
        AccumulateEmitter.EmitBody(writer, type, own.Steps);
    }

    private static string CName(LayoutType type) => type.Token.Substring(0, type.Token.IndexOf(':')) + " " + type.Name;

    private static string Hexadecimal(ulong number) => "0x" + number.ToString("X", CultureInfo.InvariantCulture) + "UL";
}
