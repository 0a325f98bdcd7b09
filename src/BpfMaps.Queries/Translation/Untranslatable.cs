using System.Linq.Expressions;

namespace BpfMaps.Queries.Translation;

/// <summary>Creates the exceptions for expressions that have no meaning in the kernel.</summary>
internal static class Untranslatable
{
    public static ArgumentException Because(Expression part, string reason) => new(QueryRules.Message(part.ToString(), reason));
}
