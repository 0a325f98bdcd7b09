namespace BpfMaps;

/// <summary>Marks the field of a key that says which bucket of a histogram the element counts.</summary>
/// <remarks>On the type with the <see cref="BpfMapAttribute"/>, it is the whole key that does, such as the index of an array.</remarks>
[AttributeUsage(AttributeTargets.Field | AttributeTargets.Struct | AttributeTargets.Class)]
public sealed class BpfBucketAttribute : Attribute;
