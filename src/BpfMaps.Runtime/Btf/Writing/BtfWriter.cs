using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace BpfMaps.Metadata;

/// <summary>
/// Writes the layouts of a key and a value as BTF for the kernel (BPF_BTF_LOAD, Linux 4.18), so that tools show fields by name.
/// </summary>
/// <remarks>
/// The kernel requires members in the order of their offsets, and C identifiers as names. Enumerations are written as integers, because
/// kernels before 6.0 reject signed enumerations and only size and signedness are needed. Floats require Linux 5.13; for older kernels they
/// are written as integers with the name of the C type, which C has no other use for, and are read back as floats.
/// </remarks>
internal sealed class BtfWriter
{
    private const uint FlagBit = 1u << 31;
    private const uint SignedEncoding = 1,
        BooleanEncoding = 4;
    private const int MaxMembers = 0xffff;

    // With the flag for bitfields, the offset of a member has 24 bits.
    private const int MaxSizeWithBitfields = 1 << 21;

    private readonly List<uint> _types = [];
    private readonly BtfStrings _strings = new();
    private readonly Dictionary<(string Name, BpfTypeKind Kind, int Size), uint> _scalars = [];
    private readonly Dictionary<BpfTypeLayout, uint> _composites = new(ReferenceEqualityComparer.Instance);
    private readonly bool _hasFloats;
    private uint _lastId;

    private BtfWriter(bool hasFloats) => _hasFloats = hasFloats;

    /// <summary>Writes the types of a key and a value.</summary>
    /// <param name="key">The key; <see langword="null"/> for maps without one.</param>
    /// <param name="value">The value; <see langword="null"/> for maps without one.</param>
    /// <param name="isBigEndian">The byte order; <see langword="null"/> for this machine's.</param>
    /// <param name="hasFloats"><see langword="false"/> for kernels before 5.13, which do not have BTF_KIND_FLOAT.</param>
    public static BtfBlob Write(BpfTypeLayout? key, BpfTypeLayout? value, bool? isBigEndian = null, bool hasFloats = true)
    {
        BtfWriter writer = new(hasFloats);
        uint keyId = key is null ? 0 : writer.AddWhole(key);
        uint valueId = value is null ? 0 : writer.AddWhole(value);
        return new(writer.Finish(isBigEndian ?? !BitConverter.IsLittleEndian), keyId, valueId)
        {
            HasFloats = writer._scalars.Keys.Any(static scalar => scalar.Kind == BpfTypeKind.Float),
        };
    }

    /// <summary>Writes functions for a program: static ones, with numbers of 64 bits as parameters, which return an <c>int</c>.</summary>
    /// <param name="functions">The functions.</param>
    /// <param name="typeIds">Receives the ids of their types.</param>
    public static byte[] WriteFunctions(ReadOnlySpan<BtfFunction> functions, Span<uint> typeIds)
    {
        BtfWriter writer = new(hasFloats: false);
        uint result = writer.AddScalar(BpfTypeLayout.Of<int>());
        uint number = writer.AddScalar(BpfTypeLayout.Of<ulong>());
        for (int index = 0; index < functions.Length; index++)
        {
            List<uint> parameters = [];
            foreach (string parameter in functions[index].Parameters)
                parameters.AddRange([writer._strings.Add(parameter), number]);
            uint prototype = writer.Append("", BtfKind.FunctionPrototype, result, (uint)functions[index].Parameters.Length, parameters);
            typeIds[index] = writer.Append(functions[index].Name, BtfKind.Function, prototype);
        }
        return writer.Finish(isBigEndian: !BitConverter.IsLittleEndian);
    }

    /// <summary>Adds a key or a value. The layout of an array is in a struct without a name.</summary>
    private uint AddWhole(BpfTypeLayout type) =>
        type is { Kind: BpfTypeKind.Struct, Name: "", Fields: [{ Name: "", Count: > 0 } only] } ? AddArray(only) : Add(type);

    private uint Add(BpfTypeLayout type) => type.IsScalar ? AddScalar(type) : AddComposite(type);

    private uint AddScalar(BpfTypeLayout type)
    {
        bool isFloat = type.Kind == BpfTypeKind.Float && _hasFloats;
        string name = type.Kind == BpfTypeKind.Float && !isFloat ? BtfNames.Float(type.Size) : BtfNames.Number(type);
        if (_scalars.TryGetValue((name, type.Kind, type.Size), out uint id))
            return id;

        uint bits = (uint)type.Size * 8;
        uint encoding = type switch
        {
            { Kind: BpfTypeKind.Signed or BpfTypeKind.SignedEnum or BpfTypeKind.Char } => SignedEncoding, // Clang, too, calls char signed.
            { Name: "_Bool" or "bool" } => BooleanEncoding,
            _ => 0,
        };
        id = isFloat ? Append(name, BtfKind.Float, (uint)type.Size) : Append(name, BtfKind.Int, (uint)type.Size, encoding << 24 | bits);
        _scalars.Add((name, type.Kind, type.Size), id);
        return id;
    }

    private uint AddComposite(BpfTypeLayout type)
    {
        if (_composites.TryGetValue(type, out uint id))
            return id;

        bool hasBitfields = type.Size <= MaxSizeWithBitfields && type.Fields.Any(static field => field.BitSize != 0);
        List<uint> entries = [];
        int count = 0;
        foreach (BpfFieldLayout field in type.Fields.OrderBy(static field => (field.Offset, field.BitOffset)).Take(MaxMembers))
        {
            if (field.BitSize != 0 && !hasBitfields)
                continue;
            uint place = (uint)field.Offset * 8 + (uint)field.BitOffset;
            entries.Add(_strings.Add(BtfNames.Identifier(field.Name)));
            entries.Add(field.Count == 0 ? Add(field.Type) : AddArray(field));
            entries.Add(place | (uint)field.BitSize << 24);
            count++;
        }

        string name = IsSpinLock(type) ? BtfNames.SpinLock : BtfNames.Identifier(type.Name);
        BtfKind kind = type.Kind == BpfTypeKind.Union ? BtfKind.Union : BtfKind.Struct;
        id = Append(name, kind, (uint)type.Size, (uint)count | (hasBitfields ? FlagBit : 0), entries);
        _composites.Add(type, id);
        return id;
    }

    private uint AddArray(BpfFieldLayout field)
    {
        uint element = Add(field.Type);
        uint index = AddScalar(BpfTypeLayout.Of<uint>());
        return Append("", BtfKind.Array, 0, element, index, (uint)field.Count);
    }

    /// <summary>The kernel finds the lock for BPF_F_LOCK by the name and size of its struct.</summary>
    private static bool IsSpinLock(BpfTypeLayout type) =>
        type is { Kind: BpfTypeKind.Struct, Size: sizeof(uint), Name: BtfNames.SpinLock or nameof(BpfSpinLock) };

    private uint Append(string name, BtfKind kind, uint sizeOrType, params ReadOnlySpan<uint> entries) =>
        AppendHead(name, kind, sizeOrType, 0, entries);

    private uint Append(string name, BtfKind kind, uint size, uint countAndFlag, List<uint> entries) =>
        AppendHead(name, kind, size, countAndFlag, CollectionsMarshal.AsSpan(entries));

    private uint AppendHead(string name, BtfKind kind, uint sizeOrType, uint countAndFlag, ReadOnlySpan<uint> entries)
    {
        _types.AddRange([_strings.Add(name), (uint)kind << 24 | countAndFlag, sizeOrType]);
        _types.AddRange(entries);
        return ++_lastId;
    }

    private byte[] Finish(bool isBigEndian)
    {
        int typeBytes = _types.Count * sizeof(uint);
        ReadOnlySpan<byte> strings = _strings.Bytes;
        byte[] btf = new byte[BtfSections.HeaderSize + typeBytes + strings.Length];
        uint firstWord = isBigEndian ? (uint)BtfSections.Magic << 16 | 1 << 8 : 1 << 16 | (uint)BtfSections.Magic;
        Span<byte> rest = btf;
        foreach (
            uint word in (ReadOnlySpan<uint>)[firstWord, BtfSections.HeaderSize, 0, (uint)typeBytes, (uint)typeBytes, (uint)strings.Length]
        )
            Put(ref rest, word, isBigEndian);
        foreach (uint word in _types)
            Put(ref rest, word, isBigEndian);
        strings.CopyTo(rest);
        return btf;
    }

    private static void Put(ref Span<byte> rest, uint word, bool isBigEndian)
    {
        if (isBigEndian)
            BinaryPrimitives.WriteUInt32BigEndian(rest, word);
        else
            BinaryPrimitives.WriteUInt32LittleEndian(rest, word);
        rest = rest[sizeof(uint)..];
    }
}
