using System.Globalization;
using BpfMaps.Metadata;

namespace BpfMaps.Tool.Headers;

/// <summary>
/// The names of types in a header. BTF has different types of one name, from different source files; C does not allow that.
/// </summary>
internal sealed class CNames
{
    // Every compiler has it for its own target; the kernel's is another type.
    private const string BuiltIn = "__builtin_va_list";

    private readonly Dictionary<uint, string> _types = [];
    private readonly HashSet<string> _ordinary = [];

    public CNames(Btf btf)
    {
        Dictionary<string, int> tags = [];
        Dictionary<string, int> ordinary = [];
        for (uint id = 1; id < (uint)btf.Count; id++)
        {
            BtfType type = btf[id];
            if (type.Name.Length == 0)
                continue;
            switch (type.Kind)
            {
                case BtfKind.Struct or BtfKind.Union or BtfKind.Enum or BtfKind.Enum64:
                    _types.Add(id, Unique(tags, type.Name));
                    break;
                case BtfKind.Typedef:
                    _types.Add(id, Unique(ordinary, type.Name == BuiltIn ? "__kernel_va_list" : type.Name));
                    _ordinary.Add(_types[id]);
                    break;
                default:
                    break;
            }
        }
    }

    /// <summary>Gets the name of a type; empty if it has none.</summary>
    public string Of(BtfType type) => _types.TryGetValue(type.Id, out string? name) ? name : type.Name;

    /// <summary>Gets a name for a constant that no other constant and no typedef has.</summary>
    public string Constant(string name)
    {
        string unique = name;
        for (int number = 2; !_ordinary.Add(unique); number++)
            unique = string.Create(CultureInfo.InvariantCulture, $"{name}___{number}");
        return unique;
    }

    private static string Unique(Dictionary<string, int> uses, string name)
    {
        int use = uses[name] = uses.GetValueOrDefault(name) + 1;
        return use == 1 ? name : string.Create(CultureInfo.InvariantCulture, $"{name}___{use}");
    }
}
