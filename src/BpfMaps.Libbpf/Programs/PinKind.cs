namespace BpfMaps;

/// <summary>The kind of object that a pin holds.</summary>
internal enum PinKind
{
    Program,
    Link,
}
