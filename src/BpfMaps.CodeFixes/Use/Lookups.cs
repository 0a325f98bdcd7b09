using BpfMaps.Generators.Utilities;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BpfMaps.CodeFixes.Use;

/// <summary>Collects the lookups in a loop over keys and their replacements.</summary>
internal sealed class Lookups(SemanticModel model, ILocalSymbol key, CancellationToken cancellation)
{
    private readonly Dictionary<SyntaxNode, LookupRole> _roles = [];
    private readonly List<ExpressionSyntax> _found = [];
    private readonly List<ILocalSymbol> _values = [];

    public IReadOnlyList<ExpressionSyntax> Found => _found;

    public IReadOnlyDictionary<SyntaxNode, LookupRole> Roles => _roles;

    /// <param name="map">A use of the map in the loop.</param>
    /// <returns><see langword="false"/> if the use is not a lookup of the loop's key, or cannot be rewritten.</returns>
    public bool Add(IdentifierNameSyntax map, ForEachStatementSyntax loop)
    {
        ExpressionSyntax instance = map.Parent is MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax } own ? own : map;
        // A lambda may run later, when the entry has changed.
        if (
            instance
                .Ancestors()
                .TakeWhile(a => a != loop)
                .Any(static a => a is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax)
        )
            return false;
        return instance.Parent switch
        {
            ElementAccessExpressionSyntax indexer when indexer.Expression == instance => AddIndexer(indexer),
            MemberAccessExpressionSyntax
            {
                Name.Identifier.ValueText: "TryGetValue" or "TryAggregate",
                Parent: InvocationExpressionSyntax call
            } access when access.Expression == instance => AddCall(call),
            _ => false,
        };
    }

    /// <summary>Gets a name for the value that all lookups of the loop can share.</summary>
    public string? ValueName(ForEachStatementSyntax loop)
    {
        HashSet<string> declared =
        [
            .. DeclaredIn(loop).Where(s => !_values.Contains(s, SymbolEqualityComparer.Default)).Select(static s => s.Name),
        ];
        if (_values.Count > 1 || _values.Any(v => declared.Contains(v.Name) || !IsOnlyRead(v, loop)))
            return null;
        if (_values.Count == 1)
            return _values[0].Name;
        if (!_roles.ContainsValue(LookupRole.Value))
            return "_";
        declared.UnionWith(
            model.LookupSymbols(loop.SpanStart).Where(static s => s is ILocalSymbol or IParameterSymbol).Select(static s => s.Name)
        );
        declared.Add(key.Name);
        string name = "value";
        for (int number = 2; declared.Contains(name); number++)
            name = "value" + number.Text();
        return name;
    }

    private bool AddIndexer(ElementAccessExpressionSyntax indexer)
    {
        if (
            indexer.ArgumentList.Arguments is not { Count: 1 } arguments
            || !IsKey(arguments[0])
            || ReadOnlyUse.IsWritten(indexer, model, cancellation)
        )
            return false;
        _found.Add(indexer);
        _roles.Add(indexer, LookupRole.Value);
        return true;
    }

    private bool AddCall(InvocationExpressionSyntax call)
    {
        if (
            call.ArgumentList.Arguments is not { Count: 2 } arguments
            || !IsKey(arguments[0])
            || !AddValue(arguments[1])
            || RoleOf(call) is not (var node, var role)
        )
            return false;
        _found.Add(call);
        _roles.Add(node, role);
        return true;
    }

    private bool AddValue(ArgumentSyntax argument)
    {
        switch (argument.Expression)
        {
            case IdentifierNameSyntax { Identifier.ValueText: "_" }:
            case DeclarationExpressionSyntax { Designation: DiscardDesignationSyntax }:
                return true;
            case DeclarationExpressionSyntax { Designation: SingleVariableDesignationSyntax variable }
                when model.GetDeclaredSymbol(variable, cancellation) is ILocalSymbol local:
                _values.Add(local);
                return true;
            default:
                return false;
        }
    }

    private static (SyntaxNode Node, LookupRole Role)? RoleOf(InvocationExpressionSyntax call) =>
        call.Parent switch
        {
            ExpressionStatementSyntax { Parent: BlockSyntax } statement => (statement, LookupRole.Remove),
            IfStatementSyntax { Else: null } guard => (guard, LookupRole.Unwrap),
            BinaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalAndExpression } both when both.Left == call && IsCondition(both) => (
                both,
                LookupRole.Shorten
            ),
            PrefixUnaryExpressionSyntax
            {
                RawKind: (int)SyntaxKind.LogicalNotExpression,
                Parent: IfStatementSyntax { Else: null, Parent: BlockSyntax } guard
            } when Leaves(guard.Statement) => (guard, LookupRole.Remove),
            _ => null,
        };

    private static bool IsCondition(BinaryExpressionSyntax both)
    {
        while (both.Parent is BinaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalAndExpression } outer && outer.Left == both)
            both = outer;
        return both.Parent is IfStatementSyntax { Else: null };
    }

    // Code for missing keys never runs in the new loop. It must leave the iteration, so that the rest of the body runs only for existing
    // keys.
    private static bool Leaves(StatementSyntax statement) =>
        statement switch
        {
            ContinueStatementSyntax => true,
            BlockSyntax { Statements: { Count: 1 } statements } => Leaves(statements[0]),
            _ => false,
        };

    private bool IsKey(ArgumentSyntax argument) =>
        SymbolEqualityComparer.Default.Equals(model.GetSymbolInfo(argument.Expression, cancellation).Symbol, key);

    // Loop variables are read-only, and methods that change a struct would change a copy.
    private bool IsOnlyRead(ILocalSymbol value, ForEachStatementSyntax loop) =>
        !loop
            .Statement.DescendantNodes()
            .OfType<IdentifierNameSyntax>()
            .Any(n =>
                n.Identifier.ValueText == value.Name
                && SymbolEqualityComparer.Default.Equals(model.GetSymbolInfo(n, cancellation).Symbol, value)
                && ReadOnlyUse.IsWritten(n, model, cancellation)
            );

    private IEnumerable<ISymbol> DeclaredIn(ForEachStatementSyntax loop) =>
        loop
            .Statement.DescendantNodesAndSelf()
            .Where(static n =>
                n
                    is VariableDeclaratorSyntax
                        or SingleVariableDesignationSyntax
                        or ForEachStatementSyntax
                        or ParameterSyntax
                        or LocalFunctionStatementSyntax
                        or CatchDeclarationSyntax
            )
            .Select(n => model.GetDeclaredSymbol(n, cancellation))
            .OfType<ISymbol>();
}
