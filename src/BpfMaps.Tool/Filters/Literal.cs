using System.Globalization;

namespace BpfMaps.Tool.Filters;

/// <summary>A constant: a number, a text, an address.</summary>
internal sealed class Literal : Expression
{
    private readonly Int128 _integer;
    private readonly double _real;
    private readonly string _text = "";
    private readonly byte[] _address = [];

    public Literal(Int128 value, string source)
        : base(ExpressionKind.Integer, source) => (_integer, _real) = (value, (double)value);

    public Literal(double value)
        : base(ExpressionKind.Real, value.ToString(CultureInfo.InvariantCulture)) => _real = value;

    public Literal(string text)
        : base(ExpressionKind.Text, $"'{text}'") => _text = text;

    public Literal(byte[] address, string source)
        : base(ExpressionKind.Address, source) => _address = address;

    public override Int128 Integer(EntryBytes entry) => _integer;

    public override double Real(EntryBytes entry) => _real;

    public override string Text(EntryBytes entry) => _text;

    public override ReadOnlySpan<byte> Address(EntryBytes entry) => _address;
}
