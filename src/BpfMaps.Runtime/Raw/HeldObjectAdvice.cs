namespace BpfMaps;

/// <summary>Says why the kernel may have refused to put one of its objects into a map, or to find what belongs to one.</summary>
internal static class HeldObjectAdvice
{
    /// <summary>What is wrong with the object, as a sentence; <see langword="null"/> for errors that do not lie in it.</summary>
    public static string? ForUpdate(BpfMapType type, int errno) => (type, errno) switch
    {
        (BpfMapType.ProgArray, Errno.EINVAL) => "The descriptor is not that of a program, or of one of another type than the array's: all its programs, and those that use it, have one type and one expected attach type.",
        (BpfMapType.ProgArray or BpfMapType.ArrayOfMaps or BpfMapType.HashOfMaps, Errno.EBADF) => "The descriptor is not open in this process.",
        _ => null,
    };
}
