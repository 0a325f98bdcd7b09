using Microsoft.CodeAnalysis;

namespace BpfMaps.Generators.Parsing;

/// <summary>Checks the nesting of structs before other code visits them, so that it always terminates.</summary>
/// <remarks>
/// A generic struct can grow with every level (<c>struct S&lt;T&gt; { S&lt;S&lt;T&gt;&gt; Next; }</c>) and never contain exactly itself,
/// but its definition does. Like the compiler, this class checks each definition with its own type parameters first.
/// </remarks>
internal sealed class NestingCheck(CancellationToken cancellation)
{
    /// <summary>The kernel resolves 32 levels of BTF types (MAX_RESOLVE_DEPTH).</summary>
    public const int MostLevels = 64;

    private const int MostTypes = 8192;
    private const int MostNames = 1024;

    private readonly Dictionary<ITypeSymbol, int> _heights = new(SymbolEqualityComparer.Default);
    private readonly HashSet<ITypeSymbol> _open = new(SymbolEqualityComparer.Default);
    private NestingProblem _problem;

    public NestingProblem Check(ITypeSymbol type)
    {
        _problem = NestingProblem.None;
        _open.Clear();
        HeightOf(type, 0);
        return _problem;
    }

    /// <summary>Gets the number of levels of structs in a type. The result is not meaningful after a problem.</summary>
    /// <param name="level">The number of levels above it.</param>
    private int HeightOf(ITypeSymbol type, int level)
    {
        if (type is not INamedTypeSymbol { TypeKind: TypeKind.Struct } named || IsNumber(type))
            return 0;
        cancellation.ThrowIfCancellationRequested();
        // Before the dictionary lookup, which compares whole names.
        if (level >= MostLevels || NamesIn(named, MostNames) <= 0 || _heights.Count > MostTypes)
            return Fail(NestingProblem.TooDeep);
        if (!_heights.TryGetValue(named, out int height))
        {
            CheckDefinition(named.OriginalDefinition, level);
            // A type that is not generic is its own definition.
            if (_problem == NestingProblem.None && !_heights.TryGetValue(named, out height))
                _heights.Add(named, height = HeightOfFields(named, level));
        }
        return level + height > MostLevels ? Fail(NestingProblem.TooDeep) : height;
    }

    private void CheckDefinition(INamedTypeSymbol definition, int level)
    {
        if (_heights.ContainsKey(definition))
            return;
        if (!_open.Add(definition))
        {
            Fail(NestingProblem.ContainsItself);
            return;
        }
        int height = HeightOfFields(definition, level);
        if (_problem == NestingProblem.None)
        {
            _open.Remove(definition);
            _heights.Add(definition, height);
        }
    }

    private int HeightOfFields(INamedTypeSymbol type, int level)
    {
        int height = 0;
        foreach (ISymbol member in type.GetMembers())
        {
            if (member is IFieldSymbol { IsStatic: false } field)
                height = Math.Max(height, HeightOf(field.Type, level + 1));
            if (_problem != NestingProblem.None)
                return 0;
        }
        return height + 1;
    }

    private int Fail(NestingProblem problem)
    {
        if (_problem == NestingProblem.None)
            _problem = problem;
        return 0;
    }

    /// <summary>Gets whether the type is a primitive. The framework declares <c>int</c> with a field of type <c>int</c>.</summary>
    private static bool IsNumber(ITypeSymbol type) => type.SpecialType is not (SpecialType.None or SpecialType.System_Nullable_T);

    /// <summary>Counts the types in a type name, down from a number.</summary>
    /// <returns>The remaining number; 0 or less if there are more types.</returns>
    private static int NamesIn(ITypeSymbol type, int left)
    {
        left--;
        for (INamedTypeSymbol? named = type as INamedTypeSymbol; named is not null; named = named.ContainingType)
        {
            foreach (ITypeSymbol argument in named.TypeArguments)
            {
                if (left <= 0)
                    return left;
                left = NamesIn(argument, left);
            }
        }
        return left;
    }
}
