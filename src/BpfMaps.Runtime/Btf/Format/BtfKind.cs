namespace BpfMaps.Metadata;

/// <summary>The kind of a type in BTF (<c>BTF_KIND_*</c>).</summary>
internal enum BtfKind
{
    /// <summary><c>void</c>, the type with the id 0.</summary>
    Void = 0,

    /// <summary>An integer, a character or a Boolean.</summary>
    Int = 1,

    /// <summary>A pointer.</summary>
    Pointer = 2,

    /// <summary>An array of a number of elements.</summary>
    Array = 3,

    /// <summary>A struct.</summary>
    Struct = 4,

    /// <summary>A union.</summary>
    Union = 5,

    /// <summary>An enumeration of values of up to 32 bits.</summary>
    Enum = 6,

    /// <summary>A struct or a union that is declared but not defined.</summary>
    Forward = 7,

    /// <summary>Another name for a type.</summary>
    Typedef = 8,

    /// <summary><c>volatile</c>.</summary>
    Volatile = 9,

    /// <summary><c>const</c>.</summary>
    Const = 10,

    /// <summary><c>restrict</c>.</summary>
    Restrict = 11,

    /// <summary>A function.</summary>
    Function = 12,

    /// <summary>The parameters and the return type of a function.</summary>
    FunctionPrototype = 13,

    /// <summary>A variable.</summary>
    Variable = 14,

    /// <summary>A section of an object with its variables.</summary>
    DataSection = 15,

    /// <summary>A floating-point number.</summary>
    Float = 16,

    /// <summary>A tag of a declaration (<c>btf_decl_tag</c>).</summary>
    DeclarationTag = 17,

    /// <summary>A tag of a type (<c>btf_type_tag</c>).</summary>
    TypeTag = 18,

    /// <summary>An enumeration of values of up to 64 bits.</summary>
    Enum64 = 19,
}
