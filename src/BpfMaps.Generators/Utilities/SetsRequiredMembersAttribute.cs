namespace System.Diagnostics.CodeAnalysis;

/// <summary>Required for records with <c>required</c> members, and missing in netstandard2.0.</summary>
[AttributeUsage(AttributeTargets.Constructor, Inherited = false)]
internal sealed class SetsRequiredMembersAttribute : Attribute;
