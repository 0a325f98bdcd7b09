using System.Globalization;
using BpfMaps.Metadata;

namespace BpfMaps.Tool.Headers;

/// <summary>Writes declarations such as <c>int (*handlers[4])(struct sk_buff *skb)</c>.</summary>
internal sealed class CDeclarator(Btf btf, CNames names, Func<BtfType, int, string> body)
{
    /// <summary>Declares a name of a type.</summary>
    /// <param name="id">The type.</param>
    /// <param name="name">The name, with what already surrounds it; empty for a parameter without a name.</param>
    /// <param name="depth">The indentation of the members of types without names, which are declared in place.</param>
    public string Declare(uint id, string name, int depth)
    {
        string qualifiers = "";
        BtfType type = btf[id];
        while (type.Kind is BtfKind.Const or BtfKind.Volatile or BtfKind.Restrict or BtfKind.TypeTag)
        {
            qualifiers += type.Kind switch
            {
                BtfKind.Const => "const ",
                BtfKind.Volatile => "volatile ",
                BtfKind.Restrict => "restrict ",
                _ => "",
            };
            type = btf[type.TypeId];
        }
        switch (type.Kind)
        {
            case BtfKind.Pointer:
                return Declare(type.TypeId, IsBehindBrackets(type.TypeId) ? $"(*{qualifiers}{name})" : $"*{qualifiers}{name}", depth);
            // A qualifier of an array is that of its elements, and BTF has both.
            case BtfKind.Array when btf[type.TypeId].Kind is BtfKind.Const or BtfKind.Volatile:
                return Declare(type.TypeId, string.Create(CultureInfo.InvariantCulture, $"{name}[{type.ElementCount}]"), depth);
            case BtfKind.Array:
                return qualifiers
                    + Declare(type.TypeId, string.Create(CultureInfo.InvariantCulture, $"{name}[{type.ElementCount}]"), depth);
            case BtfKind.FunctionPrototype:
                return Declare(type.TypeId, $"{name}({Parameters(type, depth)})", depth);
            default:
                return $"{qualifiers}{Specifier(type, depth)}{(name.Length == 0 || name[0] == '[' ? "" : " ")}{name}";
        }
    }

    private string Parameters(BtfType function, int depth) =>
        function.Parameters.Count == 0
            ? "void"
            : string.Join(
                ", ",
                function.Parameters.Select(parameter => parameter.TypeId == 0 ? "..." : Declare(parameter.TypeId, parameter.Name, depth))
            );

    private string Specifier(BtfType type, int depth) =>
        type.Kind switch
        {
            BtfKind.Void => "void",
            BtfKind.Struct or BtfKind.Union or BtfKind.Enum or BtfKind.Enum64 when type.Name.Length == 0 => body(type, depth),
            BtfKind.Struct => $"struct {names.Of(type)}",
            BtfKind.Union => $"union {names.Of(type)}",
            BtfKind.Enum or BtfKind.Enum64 => $"enum {names.Of(type)}",
            BtfKind.Forward => $"{(type.IsForwardUnion ? "union" : "struct")} {type.Name}",
            _ => names.Of(type),
        };

    private bool IsBehindBrackets(uint id)
    {
        BtfType type = btf[id];
        while (type.Kind is BtfKind.Const or BtfKind.Volatile or BtfKind.Restrict or BtfKind.TypeTag)
            type = btf[type.TypeId];
        return type.Kind is BtfKind.Array or BtfKind.FunctionPrototype;
    }
}
