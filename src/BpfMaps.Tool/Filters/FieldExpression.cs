using System.Text;
using BpfMaps.Tool.Entries;
using BpfMaps.Tool.Fields;
using BpfMaps.Tool.Printing;

namespace BpfMaps.Tool.Filters;

/// <summary>A field of the key or the value.</summary>
internal sealed class FieldExpression(FieldPlace place) : Expression(KindOf(place), place.Path)
{
    public TypedField Field => place.Field;

    public override Int128 Integer(EntryBytes entry) => Scalars.ReadInteger(Field, Bytes(entry));

    public override double Real(EntryBytes entry) =>
        Kind == ExpressionKind.Real ? Scalars.ReadFloat(Field, Bytes(entry)) : base.Real(entry);

    public override string Text(EntryBytes entry) => Encoding.UTF8.GetString(CText.UpToNul(Bytes(entry)));

    public override ReadOnlySpan<byte> Address(EntryBytes entry) =>
        Field.Form == FieldForm.Prefix ? Bytes(entry)[sizeof(uint)..] : Bytes(entry);

    private static ExpressionKind KindOf(FieldPlace place) =>
        place.Field.Form switch
        {
            FieldForm.Number or FieldForm.BigEndian or FieldForm.Enumeration or FieldForm.Boolean => ExpressionKind.Integer,
            FieldForm.Float => ExpressionKind.Real,
            FieldForm.Text => ExpressionKind.Text,
            FieldForm.Address or FieldForm.HardwareAddress or FieldForm.Prefix => ExpressionKind.Address,
            FieldForm.Elements => throw new ArgumentException(
                $"'{place.Path}' is an array and cannot be compared; name an element, such as {place.Path}[0]"
            ),
            FieldForm.Fields => throw new ArgumentException(
                $"'{place.Path}' is a struct and cannot be compared; name a field, such as {place.Path}.{place.Field.Fields[0].Name}"
            ),
            _ => throw new ArgumentException($"'{place.Path}' has no type that can be compared ({place.Field.TypeName})"),
        };

    private ReadOnlySpan<byte> Bytes(EntryBytes entry) => place.In(entry.Key, entry.Value);
}
