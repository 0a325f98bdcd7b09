using System.Globalization;
using System.Text.Json;

namespace BpfMaps.Tests;

/// <summary>Tests of how bpftool shows the types of created maps.</summary>
public sealed class BpfToolTests
{
    // bpftool 7 does not support floating-point numbers and prints no JSON for them, so the value has none.
    [Fact]
    public void BpfTool_PrintsTheFieldNames()
    {
        BpfTool tool = Require.BpfTool();
        using RawMap map = DescribedMaps.Create(BpfMapType.Hash, DescribedMaps.FlowKey, DescribedMaps.FlowStats);
        byte[] key = [1, 0, 0, 0, 2, 0, 0, 0, 3, 0, 4, 0];
        byte[] value = new byte[48];
        value[0] = 7;
        value[8] = 9;
        "bash"u8.CopyTo(value.AsSpan(16));
        value[32] = 11;
        value[40] = 13;
        map.Update(key, value);

        string json = tool.Run("-j", "map", "dump", "id", map.Info.Id.ToString(CultureInfo.InvariantCulture));
        using JsonDocument document = JsonDocument.Parse(json);
        JsonElement element = document.RootElement[0].GetProperty("formatted");
        Assert.Equal(
            "{\"SourceAddress\":1,\"DestinationAddress\":2,\"SourcePort\":3,\"DestinationPort\":4}",
            element.GetProperty("key").GetRawText()
        );
        JsonElement shown = element.GetProperty("value");
        Assert.Equal("{\"Packets\":7,\"Drops\":9}", shown.GetProperty("Counters").GetRawText());
        Assert.Equal("bash", shown.GetProperty("Comm").GetString());
        Assert.Equal("[11,0,13]", shown.GetProperty("Buckets").GetRawText());
    }

    [Fact]
    public void CreatedMap_ExposesItsFieldsToOtherTools()
    {
        BpfTool tool = Require.BpfTool();
        using FlowsMap map = FlowsMap.Create();
        map[new() { Port = 443, Address = 7 }] = new() { Packets = 42, Flags = 3 };

        string dump = tool.Run("-j", "map", "dump", "id", map.Info.Id.ToString(CultureInfo.InvariantCulture));

        using JsonDocument json = JsonDocument.Parse(dump);
        JsonElement element = json.RootElement[0].GetProperty("formatted");
        Assert.Equal(443, element.GetProperty("key").GetProperty("Port").GetInt32());
        Assert.Equal(7, element.GetProperty("key").GetProperty("Address").GetInt32());
        Assert.Equal(42, element.GetProperty("value").GetProperty("Packets").GetInt32());
        Assert.Equal(3, element.GetProperty("value").GetProperty("Flags").GetInt32());
    }
}
