using System.Globalization;
using System.Text;

namespace BpfMaps.Generators.Layouts;

/// <summary>A line of a <c>.layout</c> file, whose words are taken one after the other.</summary>
internal sealed class LayoutLine
{
    private static readonly UTF8Encoding s_strictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly string[] _words;
    private readonly string _text;
    private int _next;
    private Dictionary<string, string>? _attributes;

    public LayoutLine(int number, string text)
    {
        Number = number;
        _text = text.TrimStart(' ');
        Indent = text.Length - _text.Length;
        _words = _text.Split(' ');
        if (Array.IndexOf(_words, "") >= 0)
            throw Error("expected words separated by single spaces");
        Keyword = Take("a word");
    }

    public int Number { get; }

    public int Indent { get; }

    /// <summary>The first word.</summary>
    public string Keyword { get; }

    public LayoutFormatException Error(string message) => new(new(Number, message));

    /// <summary>Takes the next word without decoding it.</summary>
    public string Take(string what)
    {
        if (_next == _words.Length)
            throw Error($"expected {what}, found the end of the line");
        return _words[_next++];
    }

    public string TakeWord(string what) => Decoded(Take(what));

    /// <summary>Takes the next word as the name of a field; a dash means no name.</summary>
    public string TakeName()
    {
        string word = Take("a name");
        return word == "-" ? "" : Decoded(word);
    }

    public int TakeNumber(string what) => (int)Unsigned(Take(what), what, int.MaxValue);

    public long TakeConstant(bool isSigned)
    {
        string word = Take("a value");
        if (isSigned && long.TryParse(word, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long value))
            return value;
        return isSigned ? throw Error($"expected a value, found '{word}'") : unchecked((long)Unsigned(word, "a value", ulong.MaxValue));
    }

    /// <summary>Takes a type with its number of elements: <c>u32</c>, <c>struct:key[4]</c>.</summary>
    public LayoutTypeUse TakeType() => Type(Take("a type"));

    /// <summary>Takes the rest of the line as a sentence.</summary>
    public string TakeSentence()
    {
        int start = 0;
        for (int index = 0; index < _next; index++)
            start += _words[index].Length + 1;
        if (start >= _text.Length)
            throw Error("expected a reason, found the end of the line");
        _next = _words.Length;
        return Decoded(_text.Substring(start));
    }

    public string? Attribute(string name)
    {
        _attributes ??= ReadAttributes();
        if (!_attributes.TryGetValue(name, out string? word))
            return null;
        _attributes.Remove(name);
        return word;
    }

    public string Required(string name) => Attribute(name) ?? throw Error($"'{Keyword}' needs {name}=");

    public string? WordAttribute(string name) => Attribute(name) is { } word ? Decoded(word) : null;

    /// <summary>Takes attributes with a type and its C name.</summary>
    public LayoutTypeUse? TypeAttribute(string name, string cName)
    {
        LayoutTypeUse? type = Attribute(name) is { } word ? Type(word) : null;
        string? known = WordAttribute(cName);
        if (known is not null && type is null)
            throw Error($"{cName}= needs {name}=");
        return type is { } use ? use with { CName = known } : null;
    }

    public ulong NumberAttribute(string name, ulong max) => Attribute(name) is { } word ? Unsigned(word, name, max) : 0;

    /// <summary>Reports an error if attributes remain.</summary>
    public void End()
    {
        _attributes ??= ReadAttributes();
        foreach (string name in _attributes.Keys)
            throw Error($"'{Keyword}' has no {name}=");
    }

    public ulong Unsigned(string word, string what, ulong max)
    {
        bool isHexadecimal = word.StartsWith("0x", StringComparison.Ordinal);
        bool isNumber = isHexadecimal
            ? ulong.TryParse(word.Substring(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ulong value)
            : ulong.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out value);
        if (!isNumber)
            throw Error($"expected {what} as a number, found '{word}'");
        return value <= max ? value : throw Error($"expected {what} of at most {max}, found {word}");
    }

    private LayoutTypeUse Type(string word)
    {
        int bracket = word.IndexOf('[');
        string element = bracket < 0 ? word : word.Substring(0, bracket);
        if (!LayoutNumbers.IsKnown(element) && LayoutTypeTokens.KindOf(element) is null)
            throw Error($"expected a type, found '{word}'");
        if (bracket < 0)
            return new(element, 0);
        if (!word.EndsWith("]", StringComparison.Ordinal))
            throw Error($"expected a type with a count in brackets, found '{word}'");
        int count = (int)Unsigned(word.Substring(bracket + 1, word.Length - bracket - 2), "a count", int.MaxValue);
        return count != 0 ? new(element, count) : throw Error($"expected an array of at least one element, found '{word}'");
    }

    private Dictionary<string, string> ReadAttributes()
    {
        Dictionary<string, string> attributes = new(StringComparer.Ordinal);
        for (; _next < _words.Length; _next++)
        {
            string word = _words[_next];
            int equals = word.IndexOf('=');
            if (equals <= 0)
                throw Error($"expected name=value, found '{word}'");
            string name = word.Substring(0, equals);
            if (attributes.ContainsKey(name))
                throw Error($"{name}= occurs twice");
            attributes.Add(name, word.Substring(equals + 1));
        }
        return attributes;
    }

    /// <summary>Decodes <c>%XX</c>.</summary>
    public string Decoded(string word)
    {
        if (word.IndexOf('%') < 0)
            return word;

        List<byte> bytes = new(word.Length);
        for (int index = 0; index < word.Length; index++)
        {
            if (word[index] != '%')
            {
                bytes.AddRange(Encoding.UTF8.GetBytes(word.Substring(index, 1)));
                continue;
            }
            string digits = word.Substring(index + 1, Math.Min(2, word.Length - index - 1));
            if (digits.Length != 2 || !byte.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out byte value))
                throw Error($"expected two hexadecimal digits after '%', found '{digits}'");
            bytes.Add(value);
            index += 2;
        }
        try
        {
            return s_strictUtf8.GetString([.. bytes]);
        }
        catch (DecoderFallbackException)
        {
            throw Error($"expected UTF-8 after '%' in '{word}'");
        }
    }
}
