using System.Runtime.InteropServices;

namespace BpfMaps.Interop;

/// <summary>Texts as an array of pointers to NUL-terminated UTF-8.</summary>
internal readonly struct NativeStrings : IDisposable
{
    public NativeStrings(ReadOnlySpan<string> texts)
    {
        Addresses = new nint[texts.Length];
        for (int i = 0; i < texts.Length; i++)
            Addresses[i] = Marshal.StringToCoTaskMemUTF8(texts[i]);
    }

    public nint[] Addresses { get; }

    public void Dispose()
    {
        foreach (nint address in Addresses)
            Marshal.FreeCoTaskMem(address);
    }
}
