namespace BpfMaps.Docs.Tests.Pages;

/// <summary>
/// What an HTML comment before a block can say to the tests; readers do not see it. Several stand in one comment with ';' between them:
/// <c>&lt;!-- needs: flows; not run: it waits for events --&gt;</c>.
/// </summary>
internal static class Mark
{
    /// <summary>C# or C: named blocks of the page, or files of the folder Preludes, that stand before the block; without their endings.</summary>
    public const string Needs = "needs";

    /// <summary>C# or C: the block goes on where the one of its language before it ends.</summary>
    public const string Continues = "continues";

    /// <summary>C#: it is compiled only, and why.</summary>
    public const string NotRun = "not run";

    /// <summary>C: it is compiled only, and why.</summary>
    public const string NotLoaded = "not loaded";

    /// <summary>C#: the ids that the compiler and the analyzers report, no others and no fewer.</summary>
    public const string Reports = "reports";

    /// <summary>C#, shell: the C files whose objects the project, or the folder, has: blocks of the page, or of Preludes, or of the samples.</summary>
    public const string Object = "object";

    /// <summary>C#: C files whose objects lie beside the program, but are none of its project's.</summary>
    public const string With = "with";

    /// <summary>C#: an assembly that the project does not reference.</summary>
    public const string Without = "without";

    /// <summary>C# or C: what the block is called, with an ending, for those that need it.</summary>
    public const string File = "file";

    /// <summary>Text: what the block before it prints; <c>...</c> stands for anything.</summary>
    public const string Output = "output";

    /// <summary>Text: the grammar of types in .layout files.</summary>
    public const string Grammar = "grammar";

    public static IReadOnlyList<string> All { get; } = [Needs, Continues, NotRun, NotLoaded, Reports, Object, With, Without, File, Output, Grammar];
}
