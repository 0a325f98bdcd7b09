using System.Reflection;
using System.Runtime.InteropServices;

namespace BpfMaps.Interop;

/// <summary>Loads the system's libbpf, unless the program contains it (<c>BpfStaticLibbpf</c>).</summary>
internal static class LibbpfLibrary
{
    public const string Name = "libbpf.so.1";

    /// <summary>The error message if libbpf is not installed.</summary>
    public const string MissingMessage =
        $"The library {Name} was not found: install libbpf 1.1 or newer (Debian and Ubuntu: libbpf1; Fedora, Arch and Alpine: libbpf).";

    /// <summary>The version of the library; 0.0 if it cannot be parsed.</summary>
    public static Version Version =>
        System.Version.TryParse(Libbpf.Version.AsSpan().TrimStart('v'), out Version? version) ? version : new Version();

    public static void Register() => NativeLibrary.SetDllImportResolver(typeof(LibbpfLibrary).Assembly, Resolve);

    public static bool IsAvailable()
    {
        if (IsInProgram)
            return true;
        if (!NativeLibrary.TryLoad(Name, out nint library))
            return false;
        NativeLibrary.Free(library);
        return true;
    }

    /// <summary>Finds a function that older versions of the library do not have.</summary>
    public static bool TryGetFunction(string function, out nint address)
    {
        // In an application that contains the library, it is the program itself.
        nint library = NativeLibrary.TryLoad(Name, out nint loaded) ? loaded : NativeLibrary.GetMainProgramHandle();
        return NativeLibrary.TryGetExport(library, function, out address);
    }

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? path)
    {
        if (name != Name)
            return 0;
        if (IsInProgram)
            return NativeLibrary.GetMainProgramHandle();
        return NativeLibrary.TryLoad(name, out nint library) ? library : throw new DllNotFoundException(MissingMessage);
    }

    /// <summary>Gets whether the program exports the functions of libbpf, which only a program that contains it does.</summary>
    private static bool IsInProgram => NativeLibrary.TryGetExport(NativeLibrary.GetMainProgramHandle(), "libbpf_version_string", out _);
}
