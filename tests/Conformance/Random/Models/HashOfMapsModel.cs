namespace BpfMaps.Tests;

/// <summary>A model of a hash of maps. It checks the inner map before the flags, but for the number of a CPU (bits 32 to 63).</summary>
internal sealed class HashOfMapsModel(uint capacity) : MapModel
{
    private readonly HashModel _hash = new(capacity);

    protected override string Permitted(Step step, string answer) =>
        step.Call switch
        {
            MapCall.LookupAndDelete => NotSupported,
            MapCall.Update => Put(step.Key, step.Value, step.Flags),
            MapCall.UpdateBatch => UpdateBatch(step, (key, value) => Put(key, value, flags: 0)),
            _ => _hash.Expect(step, answer),
        };

    private string Put(int key, int value, ulong flags)
    {
        if (OtherKernel.HasCpuFlags && flags >> 32 != 0)
            return Invalid;
        Step update = new(MapCall.Update, key, InnerMaps.Which(value), flags, BpfMapAccess.ReadWrite, []);
        return InnerMaps.Refusal(value) ?? _hash.Expect(update, answer: "");
    }
}
