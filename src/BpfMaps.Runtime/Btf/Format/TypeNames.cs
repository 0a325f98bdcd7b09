namespace BpfMaps.Metadata;

/// <summary>Names of a type from the typedefs between its use and its definition.</summary>
/// <param name="Outermost">The name at the use; empty where no typedef is between.</param>
/// <param name="Innermost">The name that stands nearest to the type.</param>
/// <param name="InnermostId">The id of that typedef.</param>
/// <param name="ByteOrdered">A name on the way that tells the byte order of a number (<c>__be32</c>).</param>
internal readonly record struct TypeNames(string? Outermost, string? Innermost, uint InnermostId, string? ByteOrdered)
{
    public TypeNames With(BtfType typedef)
    {
        string name = typedef.Name;
        bool ordered = name is "__be16" or "__be32" or "__be64" or "__le16" or "__le32" or "__le64";
        return new(Outermost ?? name, name, typedef.Id, ordered ? name : ByteOrdered);
    }

    /// <summary>Gets the name of a number: the typedef with its byte order, or the name where it is used, or its own.</summary>
    public string ForNumber(string own) => ByteOrdered ?? Outermost ?? own;

    /// <summary>Gets the name of a type with members: its own, or that of the typedef that names it.</summary>
    public string ForMembers(string own) => own.Length != 0 ? own : Innermost ?? "";
}
