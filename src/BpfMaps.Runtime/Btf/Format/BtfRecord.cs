namespace BpfMaps.Metadata;

/// <summary>The header of a type in BTF (<c>struct btf_type</c>), and the number of bytes after it.</summary>
internal readonly record struct BtfRecord(int Position, uint NameOffset, uint Info, uint SizeOrType, BtfKind Kind, int Size)
{
    public const int HeadSize = 12;

    /// <summary>Reads the header at an offset, and checks that the kind is known and that all entries are present.</summary>
    public static BtfRecord Read(FileView types, int at)
    {
        const string what = "a type of 12 bytes or more";
        uint name = types.UInt32(at, what);
        uint info = types.UInt32(at + 4, what);
        uint sizeOrType = types.UInt32(at + 8, what);
        BtfKind kind = (BtfKind)(info >> 24 & 0x1f);
        int count = (int)(info & 0xffff);
        int size =
            HeadSize
            + kind switch
            {
                BtfKind.Int or BtfKind.Variable or BtfKind.DeclarationTag => 4,
                BtfKind.Array => 12,
                BtfKind.Struct or BtfKind.Union or BtfKind.DataSection or BtfKind.Enum64 => 12 * count,
                BtfKind.Enum or BtfKind.FunctionPrototype => 8 * count,
                BtfKind.Pointer
                or BtfKind.Forward
                or BtfKind.Typedef
                or BtfKind.Volatile
                or BtfKind.Const
                or BtfKind.Restrict
                or BtfKind.Function
                or BtfKind.Float
                or BtfKind.TypeTag => 0,
                _ => Unknown(types, at, kind),
            };
        if (size > types.Length - at)
            types.Throw(at, $"a type of kind {kind} has {count} entries, {size} bytes in all, and the types end after {types.Length - at}");
        return new(at, name, info, sizeOrType, kind, size);
    }

    private static int Unknown(FileView types, int at, BtfKind kind)
    {
        types.Throw(at, $"expected a type of kind 1 to 19, found kind {(int)kind}");
        return 0;
    }
}
