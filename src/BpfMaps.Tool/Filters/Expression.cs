namespace BpfMaps.Tool.Filters;

/// <summary>An expression over the fields of an entry. Each kind overrides the method for its result.</summary>
/// <param name="kind">The result.</param>
/// <param name="source">The text of the expression, for messages.</param>
internal abstract class Expression(ExpressionKind kind, string source)
{
    public ExpressionKind Kind { get; } = kind;

    public string Source { get; } = source;

    public bool IsNumber => Kind is ExpressionKind.Integer or ExpressionKind.Real;

    public virtual Int128 Integer(EntryBytes entry) => throw Wrong(nameof(Integer));

    public virtual double Real(EntryBytes entry) => (double)Integer(entry);

    public virtual string Text(EntryBytes entry) => throw Wrong(nameof(Text));

    public virtual ReadOnlySpan<byte> Address(EntryBytes entry) => throw Wrong(nameof(Address));

    public virtual bool IsTrue(EntryBytes entry) => throw Wrong(nameof(ExpressionKind.Condition));

    private InvalidOperationException Wrong(string kind) => new($"'{Source}' is {Kind} and not {kind}");
}
