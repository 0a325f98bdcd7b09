using System.Globalization;
using System.Text.Json.Nodes;

namespace BpfMaps.Tests;

/// <summary>With <c>--json</c>, commands that change a map print one document of what they did.</summary>
public sealed class ChangeDocumentTests : IDisposable
{
    private readonly LoadedMaps _maps = LoadedMaps.Load();

    public void Dispose() => _maps.Dispose();

    [Fact]
    public void SetAndDelete_HaveTheKeyAndBothValues()
    {
        const string Key = "\"key\":\"10.1.0.0/16\"";
        Assert.Equal(
            Document("add", "LpmTrie", "networks", $"{Key},\"oldValue\":null,\"value\":7", isDryRun: true),
            Run("set", "networks", "10.1.0.0/16", "value=7", "--dry-run")
        );
        Assert.Equal(
            Document("add", "LpmTrie", "networks", $"{Key},\"oldValue\":null,\"value\":7"),
            Run("set", "networks", "10.1.0.0/16", "value=7")
        );
        Assert.Equal(
            Document("change", "LpmTrie", "networks", $"{Key},\"oldValue\":7,\"value\":8"),
            Run("set", "networks", "10.1.0.0/16", "value=8")
        );
        Assert.Equal(
            Document("remove", "LpmTrie", "networks", $"{Key},\"oldValue\":8,\"value\":null", isDryRun: true),
            Run("delete", "networks", "10.1.0.0/16", "--dry-run")
        );
        Assert.Equal(
            Document("remove", "LpmTrie", "networks", $"{Key},\"oldValue\":8,\"value\":null"),
            Run("delete", "networks", "10.1.0.0/16")
        );
    }

    [Fact]
    public void PerCpuValues_AreThoseOfEachCpu()
    {
        Assert.Contains("\"oldValues\":null,\"values\":[", Run("set", "counters", "3", "hits=5", "--cpu", "0"), StringComparison.Ordinal);

        JsonNode removed = JsonNode.Parse(Run("delete", "counters", "3"))!;

        Assert.Null(removed["values"]);
        JsonArray old = removed["oldValues"]!.AsArray();
        Assert.Equal(_maps["counters"].Host.PossibleCpuCount, old.Count);
        Assert.Equal((0, 5), ((int)old[0]!["cpu"]!, (int)old[0]!["value"]!["hits"]!));
    }

    [Fact]
    public void QueuesHaveNoKey_AndStandardInputHasANumber()
    {
        Assert.Equal(
            Document("add", "Queue", "jobs", "\"key\":null,\"oldValue\":null,\"value\":\"0x01000000\""),
            Run("set", "jobs", "value=1")
        );
        Assert.Equal(Document("remove", "Queue", "jobs", "\"key\":null,\"oldValue\":\"0x01000000\",\"value\":null"), Run("delete", "jobs"));

        (int exitCode, string output, string errors) = Processes.TryRun(
            "bash",
            "-c",
            $"echo '[{{\"key\":1,\"value\":2}},{{\"key\":2,\"value\":3}}]' | dotnet {Programs.Tool} set {_maps.Id("numbers")} - --json"
        );
        Assert.Equal((0, ""), (exitCode, errors));
        Assert.Equal(Document("write", "Array", "numbers", "\"entries\":2"), JsonNode.Parse(output)!.ToJsonString());
    }

    [Fact]
    public void Clear_HasTheNumberOfEntries()
    {
        _maps.Run("set", "numbers", "1", "value=5");
        Assert.Equal(Document("clear", "Array", "numbers", "\"entries\":1", isDryRun: true), Run("clear", "numbers", "--dry-run"));
        Assert.Equal(Document("clear", "Array", "numbers", "\"entries\":1"), Run("clear", "numbers"));
        Assert.Equal(Document("clear", "Queue", "jobs", "\"entries\":null", isDryRun: true), Run("clear", "jobs", "--dry-run"));
        Assert.Equal(Document("clear", "Queue", "jobs", "\"entries\":0"), Run("clear", "jobs"));
    }

    [Fact]
    public void PinUnpinAndFreeze_HaveWhatTheyDid()
    {
        using PinDirectory pins = Require.BpfFs();
        string pin = pins["numbers"];
        string Pinned(bool isDryRun, bool exists) =>
            Document("pin", "Array", "numbers", $"\"path\":\"{pin}\",\"pathExists\":{(exists ? "true" : "false")}", isDryRun);

        Assert.Equal(Pinned(isDryRun: true, exists: false), Run("pin", "numbers", pin, "--dry-run"));
        Assert.Equal(Pinned(isDryRun: false, exists: false), Run("pin", "numbers", pin));
        Assert.Equal(Pinned(isDryRun: true, exists: true), Run("pin", "numbers", pin, "--dry-run"));
        Assert.Equal(
            Document("unpin", "Array", "numbers", $"\"path\":\"{pin}\""),
            JsonNode.Parse(Programs.RunTool("unpin", pin, "--json").Output)!.ToJsonString()
        );
        Assert.False(File.Exists(pin));

        string Frozen(bool isDryRun, bool before) =>
            Document("freeze", "Array", "numbers", $"\"wasFrozen\":{(before ? "true" : "false")}", isDryRun);
        Assert.Equal(Frozen(isDryRun: true, before: false), Run("freeze", "numbers", "--dry-run"));
        Assert.Equal(Frozen(isDryRun: false, before: false), Run("freeze", "numbers"));
        Assert.Equal(Frozen(isDryRun: true, before: true), Run("freeze", "numbers", "--dry-run"));
    }

    [Fact]
    public void Failures_PrintNoDocument() =>
        Assert.EndsWith("nothing was removed", _maps.Fail("delete", "networks", "10.0.0.0/8", "--json"), StringComparison.Ordinal);

    private string Run(string command, string map, params string[] arguments) =>
        JsonNode.Parse(_maps.Run(command, map, [.. arguments, "--json"]))!.ToJsonString();

    private string Document(string action, string type, string map, string fields, bool isDryRun = false) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{{\"action\":\"{action}\",\"dryRun\":{(isDryRun ? "true" : "false")},\"map\":{{\"id\":{_maps.Id(map)},\"type\":\"{type}\",\"name\":\"{map}\"}},{fields}}}"
        );
}
