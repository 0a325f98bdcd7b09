using System.CommandLine;
using BpfMaps.Tool.Building;

namespace BpfMaps.Tool.Commands;

/// <summary>The command <c>bpfmaps build request</c>, which only BpfMaps.targets calls.</summary>
/// <remarks>Names are passed in a file, and to the compiler as a list of arguments, so no shell interprets them.</remarks>
internal static class BuildCommand
{
    public static Command Create()
    {
        Argument<string> path = new("request");
        Command command = new("build", "Compiles and describes the BPF programs of a project.") { path };
        command.Hidden = true;
        command.SetAction(arguments => Run(new RequestLines(arguments.GetRequiredValue(path))));
        return command;
    }

    private static int Run(RequestLines lines)
    {
        List<BuildMessage> messages = [];
        string? messagesFile = null;
        try
        {
            if (lines.Version == PackageTargets.Version)
                PackageTargets.Write(lines);
            else if (lines.Version == HeaderFile.Version)
                HeaderFile.Write(lines);
            else
                Build(new BuildRequest(lines, file => messagesFile = file), messages);
        }
        catch (BuildFailure failure)
        {
            messages.Add(failure.Report);
        }

        bool failed = messages.Exists(static message => message.IsError);
        Write(messages, messagesFile);
        return failed ? ExitCode.Failure : ExitCode.Success;
    }

    private static void Build(BuildRequest request, List<BuildMessage> messages)
    {
        messages.AddRange(ItemCheck.Problems(request));
        if (messages.Count == 0)
            ProgramCompiler.Run(request, messages.Add);
        if (!messages.Exists(static message => message.IsError))
            ObjectDescriber.Run(request, messages.Add);
    }

    private static void Write(List<BuildMessage> messages, string? file)
    {
        if (file is null)
        {
            messages.ForEach(static message => Console.Error.WriteLine($"bpfmaps: {message.Text}"));
            return;
        }

        foreach (BuildMessage message in messages.Where(static message => message.IsPlaced))
            Console.Out.WriteLine(message);
        messages.RemoveAll(static message => message.IsPlaced);

        // The last error comes last, because it stops the build.
        int last = messages.FindLastIndex(static message => message.IsError);
        IEnumerable<string> lines = messages
            .Where((_, index) => index != last)
            .Select(static message => message.Encode(isLastError: false));
        File.WriteAllLines(file, last < 0 ? lines : lines.Append(messages[last].Encode(isLastError: true)));
    }
}
