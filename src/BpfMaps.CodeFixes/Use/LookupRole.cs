namespace BpfMaps.CodeFixes.Use;

/// <summary>The replacement of a node when a loop over keys becomes a loop over entries.</summary>
internal enum LookupRole
{
    /// <summary><c>map[key]</c> becomes the value.</summary>
    Value,

    /// <summary><c>map.TryGetValue(key, out var value);</c> and <c>if (!...) continue;</c> are removed.</summary>
    Remove,

    /// <summary><c>if (map.TryGetValue(key, out var value)) ...</c> becomes its body.</summary>
    Unwrap,

    /// <summary><c>map.TryGetValue(key, out var value) &amp;&amp; more</c> in a condition becomes <c>more</c>.</summary>
    Shorten,
}
