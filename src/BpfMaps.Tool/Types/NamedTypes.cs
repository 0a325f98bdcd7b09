using BpfMaps.Metadata;

namespace BpfMaps.Tool.Types;

/// <summary>Finds types of BTF by their names.</summary>
internal static class NamedTypes
{
    /// <param name="btf">The types.</param>
    /// <param name="name">A name, which may have a keyword before it: <c>event</c>, <c>struct event</c>.</param>
    /// <returns><see langword="null"/> if there is no such type, or it has no layout.</returns>
    public static BpfTypeLayout? Find(Btf btf, string name)
    {
        string plain = name[(name.LastIndexOf(' ') + 1)..];
        for (uint id = 1; id < (uint)btf.Count; id++)
        {
            BtfType type = btf[id];
            if (
                type.Name == plain
                && type.Kind is BtfKind.Struct or BtfKind.Union or BtfKind.Typedef or BtfKind.Int or BtfKind.Enum
                && btf.TryGetLayout(id, out BpfTypeLayout? layout, out _)
            )
                return layout;
        }
        return null;
    }
}
