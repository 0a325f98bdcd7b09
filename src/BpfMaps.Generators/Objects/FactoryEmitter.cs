using BpfMaps.Generators.Emission;
using BpfMaps.Generators.Layouts;
using BpfMaps.Generators.Model;
using BpfMaps.Generators.Utilities;

namespace BpfMaps.Generators.Objects;

/// <summary>Writes the methods that open a BPF object.</summary>
internal static class FactoryEmitter
{
    private const string Options = "global::BpfMaps.BpfObjectOptions? options = null";

    /// <param name="isEmbedded">Whether the object is a resource of the assembly instead of a file.</param>
    public static void Emit(SourceWriter writer, ObjectSpec spec, bool isEmbedded)
    {
        if (isEmbedded)
            EmitEmbedded(writer, spec);
        else
            EmitBeside(writer, spec);
        EmitOthers(writer, spec);
    }

    private static void EmitBeside(SourceWriter writer, ObjectSpec spec) =>
        writer.WriteLine(
            $$"""

            /// <summary>
            /// Opens the object next to the application. Nothing is loaded into the kernel before
            /// <see cref="global::BpfMaps.BpfTypedObject.Load"/>.
            /// </summary>
            /// <param name="options">Options; the defaults if <see langword="null"/>.</param>
            /// <exception cref="global::System.IO.FileNotFoundException">The file does not exist.</exception>
            /// <exception cref="global::BpfMaps.BpfObjectException">libbpf cannot read it as a BPF object.</exception>
            /// <exception cref="global::BpfMaps.BpfMapMismatchException">It does not match the object that this class was generated
            /// for.</exception>
            public static {{spec.ClassName}} Open({{Options}}) =>
                Wrap(OpenBesideApplication({{DocText.Literal(ObjectFileNames.PlaceOf(spec.Path))}}, options));
            """
        );

    // Open() keeps its meaning, the object that the build provided, so that Embed can be set and removed without an edit of the code.
    private static void EmitEmbedded(SourceWriter writer, ObjectSpec spec) =>
        writer.WriteLine(
            $$"""

            /// <summary>
            /// Opens the object that is embedded in this assembly. Nothing is loaded into the kernel before
            /// <see cref="global::BpfMaps.BpfTypedObject.Load"/>.
            /// </summary>
            /// <param name="options">Options; the defaults if <see langword="null"/>. Without a name in them, the object gets the
            /// name that it has when opened from its file.</param>
            /// <exception cref="global::BpfMaps.BpfObjectException">libbpf cannot read it as a BPF object.</exception>
            /// <exception cref="global::BpfMaps.BpfMapMismatchException">It does not match the object that this class was generated
            /// for.</exception>
            public static {{spec.ClassName}} OpenEmbedded({{Options}}) =>
                Wrap(OpenResource(typeof({{spec.ClassName}}).Assembly, {{DocText.Literal(ObjectFileNames.PlaceOf(spec.Path))}}, {{DocText.Literal(
                NameOf(spec)
            )}}, options));

            /// <summary>Opens the object that is embedded in this assembly, like <see cref="OpenEmbedded"/>.</summary>
            /// <param name="options">Options; the defaults if <see langword="null"/>.</param>
            /// <exception cref="global::BpfMaps.BpfObjectException">libbpf cannot read it as a BPF object.</exception>
            /// <exception cref="global::BpfMaps.BpfMapMismatchException">It does not match the object that this class was generated
            /// for.</exception>
            public static {{spec.ClassName}} Open({{Options}}) =>
                OpenEmbedded(options);
            """
        );

    private static void EmitOthers(SourceWriter writer, ObjectSpec spec) =>
        writer.WriteLine(
            $$"""

            /// <summary>
            /// Opens the object from a file. Nothing is loaded into the kernel before <see cref="global::BpfMaps.BpfTypedObject.Load"/>.
            /// </summary>
            /// <param name="path">The file.</param>
            /// <param name="options">Options; the defaults if <see langword="null"/>.</param>
            /// <exception cref="global::System.IO.FileNotFoundException">The file does not exist.</exception>
            /// <exception cref="global::BpfMaps.BpfObjectException">libbpf cannot read it as a BPF object.</exception>
            /// <exception cref="global::BpfMaps.BpfMapMismatchException">It does not match the object that this class was generated
            /// for.</exception>
            public static {{spec.ClassName}} Open(string path, {{Options}}) =>
                Wrap(global::BpfMaps.BpfObject.Open(path, options));

            /// <summary>
            /// Opens the object from memory, such as an embedded resource, and copies the bytes. Nothing is loaded into the kernel before
            /// <see cref="global::BpfMaps.BpfTypedObject.Load"/>.
            /// </summary>
            /// <param name="data">The whole file.</param>
            /// <param name="options">Options; the defaults if <see langword="null"/>. Without a name in them, the object gets the
            /// name that it has when opened from its file.</param>
            /// <exception cref="global::BpfMaps.BpfObjectException">libbpf cannot read it as a BPF object.</exception>
            /// <exception cref="global::BpfMaps.BpfMapMismatchException">It does not match the object that this class was generated
            /// for.</exception>
            public static {{spec.ClassName}} OpenMemory(global::System.ReadOnlySpan<byte> data, {{Options}}) =>
                Wrap(global::BpfMaps.BpfObject.OpenMemory(data, options?.Name ?? {{DocText.Literal(NameOf(spec))}}, options));

            private static {{spec.ClassName}} Wrap(global::BpfMaps.BpfObject bpfObject)
            {
                try
                {
                    return new(bpfObject);
                }
                catch
                {
                    bpfObject.Dispose();
                    throw;
                }
            }
            """
        );

    /// <summary>Gets the name that libbpf gives an object when it opens its file.</summary>
    private static string NameOf(ObjectSpec spec) =>
        ObjectFileNames.FileName(spec.Path) is var file && file.IndexOf('.') is > 0 and var end ? file.Substring(0, end) : file;
}
