namespace System.Runtime.CompilerServices;

/// <summary>Required for records, and missing in netstandard2.0.</summary>
internal static class IsExternalInit;
