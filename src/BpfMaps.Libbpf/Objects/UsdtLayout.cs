namespace BpfMaps;

/// <summary>
/// The layout in which libbpf passes the places of the arguments of USDT probes to a program. libbpf 1.7 changed it, without a way for a
/// program to notice.
/// </summary>
internal static class UsdtLayout
{
    /// <summary>The map in <c>usdt.bpf.h</c> that libbpf fills.</summary>
    public const string Map = "__bpf_usdt_specs";

    /// <summary>sizeof(struct __bpf_usdt_spec) in the headers before libbpf 1.7.</summary>
    private const int OldSize = 208;

    /// <summary>sizeof(struct __bpf_usdt_spec) in the headers of libbpf 1.7.</summary>
    private const int NewSize = 304;

    private static readonly Version s_new = new(1, 7);

    /// <summary>Gets why a program would read wrong arguments; <see langword="null"/> if it does not, or if that is unknown.</summary>
    /// <param name="size">The size of the values of <see cref="Map"/> in the object.</param>
    /// <param name="libbpf">The version of the library.</param>
    public static string? Problem(int size, Version libbpf)
    {
        // A later version may have another layout again.
        bool isOld = libbpf < s_new,
            isNew = libbpf.Major == s_new.Major && libbpf.Minor == s_new.Minor;
        return (size, isOld, isNew) switch
        {
            (OldSize, _, true) =>
                $"the object was compiled with the usdt.bpf.h of a libbpf before 1.7, and libbpf {libbpf} passes the arguments of USDT probes in another layout, so the program would read wrong arguments: compile the object with the headers of libbpf 1.7",
            (NewSize, true, _) =>
                $"the object was compiled with the usdt.bpf.h of libbpf 1.7, and libbpf {libbpf} passes the arguments of USDT probes in another layout, so the program would read wrong arguments: install libbpf 1.7, or compile the object with the headers of libbpf {libbpf}",
            _ => null,
        };
    }

    /// <summary>Throws if a program of an object would read wrong arguments.</summary>
    public static void Check(BpfObject bpfObject, string program)
    {
        if (
            bpfObject.Maps.FirstOrDefault(static map => map.Name == Map) is { } specs
            && Version.TryParse(Libbpf.Version.AsSpan().TrimStart('v'), out Version? libbpf)
            && Problem(specs.ValueSize, libbpf) is { } problem
        )
            throw new BpfObjectException(
                $"Program '{program}' of '{bpfObject.Name}' cannot be attached to USDT probes: {problem}.",
                Errno.EOPNOTSUPP,
                "bpf_program__attach_usdt",
                ""
            );
    }
}
