namespace BpfMaps.Generators.Objects;

/// <summary>The members for an array that can be resized before the load.</summary>
/// <param name="Element">The C# type of its elements.</param>
/// <param name="ResizeName">The method that sets the number of its elements.</param>
/// <param name="AllName">The property of the view for all of its elements.</param>
internal sealed record ResizableArray(string Element, string ResizeName, string AllName);
