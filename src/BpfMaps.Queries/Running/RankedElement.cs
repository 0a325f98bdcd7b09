using System.Runtime.InteropServices;

namespace BpfMaps.Queries.Running;

/// <summary>An entry of the heap of the elements with the largest numbers, as programs write it.</summary>
/// <param name="Number">The number, in the order of unsigned numbers.</param>
/// <param name="Index">The index of the element among the found ones.</param>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct RankedElement(ulong Number, ulong Index);
