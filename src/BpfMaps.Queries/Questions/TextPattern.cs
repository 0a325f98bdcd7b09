using System.Runtime.InteropServices;
using System.Text;

namespace BpfMaps.Queries.Questions;

/// <summary>Writes a text as parameters of a <see cref="TextMatch"/>: whether it is impossible, a pattern and a mask.</summary>
internal static class TextPattern
{
    public const int ImpossibleIndex = 0;
    public const int PatternIndex = 1;

    private static readonly UTF8Encoding s_strictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Gets the number of parameters that contain the bytes of a field.</summary>
    public static int Words(int capacity) => (capacity + sizeof(ulong) - 1) / sizeof(ulong);

    /// <summary>Writes the parameters of a text.</summary>
    /// <param name="text">The text; <see langword="null"/> equals no field.</param>
    /// <param name="capacity">The size of the field in bytes.</param>
    /// <param name="isPrefix">Whether the field may go on after the text.</param>
    /// <param name="parameters">Receives <see cref="QueryRules.ParametersOfText"/> numbers.</param>
    public static void Write(string? text, int capacity, bool isPrefix, Span<ulong> parameters)
    {
        parameters.Clear();
        if (text is null || text.Contains('\0') || !TryEncode(text, out byte[] bytes) || bytes.Length > capacity)
        {
            parameters[ImpossibleIndex] = 1;
            return;
        }

        int words = Words(capacity);
        bytes.CopyTo(MemoryMarshal.AsBytes(parameters.Slice(PatternIndex, words)));
        // A text that equals ends with a NUL, unless it fills the field.
        int compared = isPrefix ? bytes.Length : Math.Min(bytes.Length + 1, capacity);
        MemoryMarshal.AsBytes(parameters.Slice(PatternIndex + words, words))[..compared].Fill(0xff);
    }

    /// <summary>Half of a surrogate pair has no UTF-8, so that no field contains it.</summary>
    private static bool TryEncode(string text, out byte[] bytes)
    {
        try
        {
            bytes = s_strictUtf8.GetBytes(text);
            return true;
        }
        catch (EncoderFallbackException)
        {
            bytes = [];
            return false;
        }
    }
}
