namespace BpfMaps.Docs.Tests.Pages;

/// <summary>
/// The marks that an HTML comment before a block can contain for the tests; readers do not see them. Several marks in one comment are
/// separated by ';': <c>&lt;!-- needs: flows; not run: it waits for events --&gt;</c>.
/// </summary>
internal static class Mark
{
    /// <summary>
    /// C# or C: named blocks of the page, or files of the folder Preludes, that precede the block; without their extensions.
    /// </summary>
    public const string Needs = "needs";

    /// <summary>C# or C: the block continues the previous block of its language.</summary>
    public const string Continues = "continues";

    /// <summary>C#: the block is only compiled, with the reason.</summary>
    public const string NotRun = "not run";

    /// <summary>C: the block is only compiled, with the reason.</summary>
    public const string NotLoaded = "not loaded";

    /// <summary>C#: the exact ids that the compiler and the analyzers report.</summary>
    public const string Reports = "reports";

    /// <summary>
    /// C#, shell: the C files whose objects the project or the folder has: blocks of the page, files of Preludes, or files of the samples.
    /// </summary>
    public const string Object = "object";

    /// <summary>
    /// Shell: the commands run in order of the page, on the loaded maps of a C file. Ids of maps are 12 in the stated output.
    /// </summary>
    public const string Live = "live";

    /// <summary>C#: C files whose objects are in the program's folder but not in its project.</summary>
    public const string With = "with";

    /// <summary>C#: an assembly that the project does not reference.</summary>
    public const string Without = "without";

    /// <summary>C# or C: the file name of the block, for blocks that need it.</summary>
    public const string File = "file";

    /// <summary>Text: the output of the previous block; <c>...</c> stands for any text.</summary>
    public const string Output = "output";

    /// <summary>Text: the grammar of types in .layout files.</summary>
    public const string Grammar = "grammar";

    public static IReadOnlyList<string> All { get; } =
    [Needs, Continues, NotRun, NotLoaded, Reports, Object, Live, With, Without, File, Output, Grammar];
}
