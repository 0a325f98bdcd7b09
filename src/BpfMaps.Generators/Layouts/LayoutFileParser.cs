using BpfMaps.Generators.Utilities;
using BpfMaps.Metadata;

namespace BpfMaps.Generators.Layouts;

/// <summary>Parses <c>.layout</c> files. A file with any invalid line is rejected completely.</summary>
internal sealed class LayoutFileParser
{
    private const string Version = "1";

    private readonly List<LayoutLine> _lines = [];
    private readonly List<LayoutMap> _maps = [];
    private readonly List<LayoutSection> _sections = [];
    private readonly List<LayoutProgram> _programs = [];
    private readonly List<LayoutType> _types = [];
    private readonly LayoutFileChecks _checks = new();
    private int _next;
    private int _unlisted;

    private LayoutFileParser() { }

    /// <summary>Parses a file.</summary>
    /// <param name="text">The whole text.</param>
    /// <param name="error">The error; <see langword="null"/> if the file is valid.</param>
    /// <returns>The contents; <see langword="null"/> exactly if there is an error.</returns>
    public static LayoutFile? Parse(string text, out LayoutFileError? error)
    {
        try
        {
            error = null;
            return new LayoutFileParser().ParseFile(text);
        }
        catch (LayoutFormatException exception)
        {
            error = exception.Error;
            return null;
        }
    }

    private LayoutFile ParseFile(string text)
    {
        string[] lines = text.Split('\n');
        int count = lines[lines.Length - 1].Length == 0 ? lines.Length - 1 : lines.Length;
        CheckVersion(lines[0].TrimEnd('\r'));
        for (int index = 1; index < count; index++)
            _lines.Add(new(index + 1, lines[index].TrimEnd('\r')));

        (bool isBigEndian, string? license) = ParseObject();
        EquatableArray<string> refusals = ParseSentences(0, "refused");
        while (_next < _lines.Count)
            ParseEntry(_lines[_next++]);
        _checks.Finish(_types);
        return new(
            isBigEndian,
            license,
            _maps.ToEquatableArray(),
            _sections.ToEquatableArray(),
            _programs.ToEquatableArray(),
            _types.ToEquatableArray(),
            refusals,
            _unlisted
        );
    }

    private static void CheckVersion(string line)
    {
        if (line != "bpf-layout " + Version)
            throw new LayoutFormatException(
                new(1, $"expected 'bpf-layout {Version}', found '{line}': update BpfMaps, or describe the object again")
            );
    }

    private (bool IsBigEndian, string? License) ParseObject()
    {
        if (_lines.Count == 0)
            throw new LayoutFormatException(new(2, "expected a line 'object', found the end of the file"));
        LayoutLine line = _lines[_next++];
        if (line.Indent != 0 || line.Keyword != "object")
            throw line.Error($"expected a line 'object', found '{line.Keyword}'");
        string order = line.Required("byte-order");
        if (order is not ("little" or "big"))
            throw line.Error($"expected a byte-order of 'little' or 'big', found '{order}'");
        string? license = line.WordAttribute("license");
        line.End();
        return (order == "big", license);
    }

    private void ParseEntry(LayoutLine line)
    {
        if (line.Indent != 0)
            throw line.Error($"'{line.Keyword}' cannot follow the line before it");
        switch (line.Keyword)
        {
            case "map":
                ParseMap(line);
                break;
            case "section":
                ParseSection(line);
                break;
            case "program":
                string name = line.TakeWord("a name");
                _checks.Once(line, name);
                _programs.Add(new(name, line.WordAttribute("section") ?? throw line.Error("'program' needs section=")));
                line.End();
                break;
            case "unlisted":
                _checks.Once(line, "");
                _unlisted = line.TakeNumber("a number of types");
                line.End();
                break;
            case "type":
                ParseType(line);
                break;
            default:
                throw line.Error($"expected 'map', 'section', 'program', 'unlisted' or 'type', found '{line.Keyword}'");
        }
    }

    private void ParseMap(LayoutLine line)
    {
        string name = line.TakeWord("a name");
        _checks.Once(line, name);
        LayoutMap map = ParseProblems(ParseMapAttributes(line, name), 2);
        if (TakeChild(2, "inner") is { } inner)
            map = map with { Inner = ParseProblems(ParseMapAttributes(inner, name + ".inner"), 4) };
        _maps.Add(map);
    }

    private LayoutMap ParseMapAttributes(LayoutLine line, string name)
    {
        LayoutMap map = new(
            name,
            ParseMapType(line),
            line.TypeAttribute("key", "key-as"),
            (int)line.NumberAttribute("key-size", int.MaxValue),
            line.TypeAttribute("value", "value-as"),
            (int)line.NumberAttribute("value-size", int.MaxValue),
            (uint)line.NumberAttribute("max-entries", uint.MaxValue),
            (BpfMapFlags)line.NumberAttribute("flags", uint.MaxValue),
            (uint)line.NumberAttribute("pinning", uint.MaxValue),
            line.NumberAttribute("map-extra", ulong.MaxValue),
            line.Attribute("numa-node") is { } node ? (uint)line.Unsigned(node, "numa-node", uint.MaxValue) : null,
            KeyProblem: null,
            ValueProblem: null,
            Inner: null
        );
        line.End();
        _checks.Uses(line, map.Key, map.KeySize, "key");
        _checks.Uses(line, map.Value, map.ValueSize, "value");
        return map;
    }

    private static BpfMapType ParseMapType(LayoutLine line)
    {
        string word = line.Required("type");
        if (word.Length != 0 && char.IsDigit(word[0]))
            return (BpfMapType)line.Unsigned(word, "type", int.MaxValue);
        return Enum.TryParse(word, out BpfMapType type) && Enum.IsDefined(typeof(BpfMapType), type)
            ? type
            : throw line.Error($"expected a map type, found '{word}'");
    }

    private LayoutMap ParseProblems(LayoutMap map, int indent)
    {
        while (TakeChild(indent, "problem") is { } line)
        {
            string which = line.Take("'key' or 'value'");
            map = which switch
            {
                "key" when map is { Key: null, KeyProblem: null } => map with { KeyProblem = line.TakeSentence() },
                "value" when map is { Value: null, ValueProblem: null } => map with { ValueProblem = line.TakeSentence() },
                _ => throw line.Error($"expected the problem of a key or value that has no type and no other problem, found '{which}'"),
            };
        }
        return map with { Refusals = ParseSentences(indent, "refused") };
    }

    /// <summary>Parses lines that consist of a keyword and a sentence.</summary>
    private EquatableArray<string> ParseSentences(int indent, string keyword)
    {
        List<string> sentences = [];
        while (TakeChild(indent, keyword) is { } line)
            sentences.Add(line.TakeSentence());
        return sentences.ToEquatableArray();
    }

    private void ParseSection(LayoutLine line)
    {
        string name = line.TakeWord("a name");
        _checks.Once(line, name);
        int size = (int)line.Unsigned(line.Required("size"), "size", int.MaxValue);
        BpfMapFlags flags = (BpfMapFlags)line.NumberAttribute("flags", uint.MaxValue);
        line.End();

        List<LayoutVariable> variables = [];
        while (TakeChild(2, "var") is { } child)
        {
            int offset = child.TakeNumber("an offset");
            LayoutTypeUse type = child.TakeType();
            LayoutVariable variable = new(
                child.TakeName(),
                offset,
                type with
                {
                    CName = child.WordAttribute("as"),
                },
                child.NumberAttribute("static", 1) == 1
            );
            child.End();
            _checks.Fits(child, offset, type, bits: 0, size, "the section");
            variables.Add(variable);
        }
        _sections.Add(new(name, size, flags, variables.ToEquatableArray()));
    }

    private void ParseType(LayoutLine line)
    {
        string token = line.Take("a type");
        BpfTypeKind kind = LayoutTypeTokens.KindOf(token) ?? throw line.Error($"expected a struct, a union or an enum, found '{token}'");
        _checks.Once(line, token);
        string name = line.Decoded(token.Substring(token.IndexOf(':') + 1));
        if (kind == BpfTypeKind.Enum)
        {
            _types.Add(ParseEnumeration(line, token, name));
            return;
        }

        int size = (int)line.Unsigned(line.Required("size"), "size", int.MaxValue);
        int alignment = (int)line.Unsigned(line.Required("align"), "align", int.MaxValue);
        line.End();
        List<LayoutField> fields = [];
        while (TakeChild(2, "field") is { } child)
            fields.Add(ParseField(child, kind, size));
        _types.Add(new(token, name, kind, size, alignment, fields.ToEquatableArray(), EquatableArray<LayoutConstant>.Empty));
        _checks.Defines(line, token, size, fields);
    }

    private LayoutField ParseField(LayoutLine line, BpfTypeKind kind, int size)
    {
        int offset = line.TakeNumber("an offset");
        LayoutTypeUse type = line.TakeType();
        if (type.Element == LayoutNumbers.Opaque)
            throw line.Error($"expected a known type, found '{type.Element}'");
        if (kind == BpfTypeKind.Union && offset != 0)
            throw line.Error($"expected a field of a union at 0, found it at {offset}");
        string name = line.TakeName();
        (int bitOffset, int bitSize) = ParseBits(line, type);
        LayoutField field = new(name, offset, type with { CName = line.WordAttribute("as") }, bitOffset, bitSize);
        line.End();
        _checks.Fits(line, offset, type, bitSize == 0 ? 0 : bitOffset + bitSize, size, "its type");
        return field;
    }

    private static (int Offset, int Size) ParseBits(LayoutLine line, LayoutTypeUse type)
    {
        if (line.Attribute("bits") is not { } word)
            return (0, 0);
        string[] parts = word.Split(':');
        bool isIntegral =
            type.Count == 0
            && (
                LayoutTypeTokens.KindOf(type.Element) == BpfTypeKind.Enum
                || (LayoutNumbers.IsKnown(type.Element) && LayoutNumbers.IsInteger(type.Element))
            );
        if (parts.Length != 2 || !isIntegral)
            throw line.Error($"expected bits=first:count of an integer, found bits={word} of '{type.Element}'");
        int size = (int)line.Unsigned(parts[1], "a number of bits", 128);
        return size != 0
            ? ((int)line.Unsigned(parts[0], "a bit", 7), size)
            : throw line.Error("expected a bitfield of at least one bit, found 0 bits");
    }

    private LayoutType ParseEnumeration(LayoutLine line, string token, string name)
    {
        string number = line.Required("base");
        line.End();
        if (!LayoutNumbers.IsKnown(number) || number[0] is not ('u' or 's') || LayoutNumbers.SizeOf(number) > 8)
            throw line.Error($"expected base= with an integer of 1 to 8 bytes, found '{number}'");

        bool isSigned = number[0] == 's';
        string? remark = TakeChild(2, "remark")?.TakeSentence();
        List<LayoutConstant> constants = [];
        while (TakeChild(2, "value") is { } child)
        {
            constants.Add(new(child.TakeName(), child.TakeConstant(isSigned)));
            child.End();
        }
        int size = LayoutNumbers.SizeOf(number);
        _checks.Defines(line, token, size, []);
        return new(
            token,
            name,
            isSigned ? BpfTypeKind.SignedEnum : BpfTypeKind.Enum,
            size,
            size,
            EquatableArray<LayoutField>.Empty,
            constants.ToEquatableArray(),
            remark
        );
    }

    /// <summary>Takes the next line if it has this indentation and keyword.</summary>
    private LayoutLine? TakeChild(int indent, string keyword) =>
        _next < _lines.Count && _lines[_next] is { } line && line.Indent == indent && line.Keyword == keyword ? _lines[_next++] : null;
}
