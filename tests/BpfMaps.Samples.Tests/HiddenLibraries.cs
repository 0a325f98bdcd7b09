namespace BpfMaps.Tests;

/// <summary>Runs a program as on a machine without libbpf and libelf.</summary>
internal static class HiddenLibraries
{
    /// <summary>The arguments of <c>unshare</c> before those of the program: in a mount namespace, the libraries are empty files.</summary>
    public static string[] Arguments =>
        [
            "--mount",
            "sh",
            "-c",
            """
                for library in $(find /usr/lib /usr/lib64 /usr/local/lib -name 'libbpf.so.*' -o -name 'libelf*.so*' 2>/dev/null | xargs -r readlink -f | sort -u)
                do mount --bind /dev/null "$library" || exit 99
                done
                exec "$0" "$@"
                """,
        ];
}
