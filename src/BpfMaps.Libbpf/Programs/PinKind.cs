namespace BpfMaps;

/// <summary>What a pin holds.</summary>
internal enum PinKind
{
    Program,
    Link,
}
