using System.Globalization;
using BpfMaps.Generators.Utilities;

namespace BpfMaps.Tool.Printing;

/// <summary>Writes a value as text on one line: <c>{ pid: 17, comm: "bash" }</c>.</summary>
internal sealed class TextOutput(TextWriter output) : IValueOutput
{
    private bool _isInside;
    private bool _isFirst;
    private bool _hasName;

    public void BeginObject() => Begin('{');

    public void Name(string name)
    {
        Separate();
        output.Write(OutsideText.Escape(name));
        output.Write(": ");
        _hasName = true;
    }

    public void EndObject() => End(" }");

    public void BeginArray() => Begin('[');

    public void EndArray() => End(" ]");

    public void Number(long number) => Write(number.ToString(CultureInfo.InvariantCulture));

    public void Number(ulong number) => Write(number.ToString(CultureInfo.InvariantCulture));

    public void Number(float number) => Write(FloatText.Of(number));

    public void Number(double number) => Write(FloatText.Of(number));

    public void Boolean(bool value) => Write(value ? "true" : "false");

    public void Constant(string name) => Write(OutsideText.Escape(name));

    public void Text(ReadOnlySpan<byte> bytes) => Write(CText.ForPeople(bytes));

    public void Bytes(ReadOnlySpan<byte> bytes) => Write("0x" + Convert.ToHexStringLower(bytes));

    private void Begin(char bracket)
    {
        Separate();
        output.Write(bracket);
        _isInside = true;
        _isFirst = true;
    }

    private void End(string bracket)
    {
        output.Write(bracket);
        _isFirst = false;
    }

    private void Write(string text)
    {
        Separate();
        output.Write(text);
    }

    private void Separate()
    {
        if (_hasName)
        {
            _hasName = false;
            return;
        }
        if (_isInside)
            output.Write(_isFirst ? " " : ", ");
        _isFirst = false;
    }
}
