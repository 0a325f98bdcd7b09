using BpfMaps.Generators.Layouts;
using BpfMaps.Generators.Model;
using BpfMaps.Generators.Utilities;

namespace BpfMaps.Generators.Objects;

/// <summary>How a struct adds to a total where the usual rules do not reach.</summary>
/// <param name="Kept">The members that stay as the first CPU has them.</param>
internal sealed record OwnSteps(EquatableArray<AggregateStep> Steps, IReadOnlyList<string> Kept);

/// <summary>Decides how the values of per-CPU maps are added up.</summary>
/// <remarks>
/// Numbers are summed. What has no sum (text, enumerations, addresses, unions) stays as the first CPU has it, and the struct it is in gets an
/// <c>Accumulate</c> of its own that says so: a declaration of the user's would be asked what is meant, but a generated one has nobody to ask.
/// </remarks>
internal sealed class ValueAggregation(ObjectTypes types)
{
    private readonly Dictionary<string, OwnSteps?> _own = new(StringComparer.Ordinal);

    /// <returns>The steps of a per-CPU map whose values are of this type; none where all of it stays as the first CPU has it.</returns>
    public EquatableArray<AggregateStep> StepsOf(LayoutTypeUse value)
    {
        List<AggregateStep> steps = [];
        _ = TryAdd(steps, value, "", 0, EquatableArray<Loop>.Empty);
        return steps.ToEquatableArray();
    }

    /// <summary>Whether a value is added up at all.</summary>
    public bool HasTotal(LayoutTypeUse value) => TryAdd([], value, "", 0, EquatableArray<Loop>.Empty);

    /// <returns>What a struct's own method does; <see langword="null"/> if it needs none, or is no part of a per-CPU value.</returns>
    public OwnSteps? OwnStepsOf(StructPlan plan) => _own.TryGetValue(plan.Layout.Token, out OwnSteps? own) ? own : null;

    private bool TryAdd(List<AggregateStep> steps, LayoutTypeUse use, string? path, int offset, EquatableArray<Loop> loops)
    {
        if (types.Struct(use.Element) is { } plan)
            return TryAddStruct(steps, plan, use.Count, path, offset, loops);
        if (types.Find(use.Element) is { } other)
            return ObjectTypes.IsSpinLock(other);
        if (use.Element is "char" or "bool" or LayoutNumbers.Opaque || ObjectTypes.IsNetworkOrder(use))
            return false;
        string number = types.TypeOf(use with { Count = 0 })!;
        string? reach = use.Count == 0 ? path : null;
        steps.Add(new(AggregateOperation.Sum, reach, number, offset, Math.Max(use.Count, 1), reach is null ? loops : EquatableArray<Loop>.Empty));
        return true;
    }

    private bool TryAddStruct(List<AggregateStep> steps, StructPlan plan, int count, string? path, int offset, EquatableArray<Loop> loops)
    {
        if (plan.Layout.Kind == TypeKindInBtf.Union && plan.Layout.Fields.Count > 1)
            return false;
        bool isArray = count > 0;
        if (OwnOf(plan) is not null)
        {
            // Its method cannot be called on an element that only an offset reaches.
            if (isArray || path is null)
                return false;
            steps.Add(new(AggregateOperation.Own, path, "", offset, 1, EquatableArray<Loop>.Empty, types.Style.Own + plan.Name));
            return true;
        }
        if (isArray)
        {
            path = null;
            loops = loops.Append(new Loop(count, plan.Layout.Size)).ToEquatableArray();
        }
        foreach (MemberPlan member in plan.Members)
            _ = TryAdd(steps, member.Use, path is null ? null : path + "." + member.Name, offset + member.Offset, loops);
        return true;
    }

    /// <summary>Asks whether a struct needs a method of its own, and remembers its steps.</summary>
    private OwnSteps? OwnOf(StructPlan plan)
    {
        if (_own.TryGetValue(plan.Layout.Token, out OwnSteps? known))
            return known;
        List<AggregateStep> steps = [];
        List<string> kept = [];
        foreach (MemberPlan member in plan.Members)
        {
            bool isFlag = member.Type == "bool";
            if (isFlag || IsOverlapped(plan, member) || !TryAdd(steps, member.Use, "." + member.Name, member.Offset, EquatableArray<Loop>.Empty))
                kept.Add(member.Name);
        }
        OwnSteps? own = kept.Count > 0 || plan.Storage.Count > 0 ? new(steps.ToEquatableArray(), kept) : null;
        _own.Add(plan.Layout.Token, own);
        return own;
    }

    private bool IsOverlapped(StructPlan plan, MemberPlan member)
    {
        (int start, int end) = Bits(member);
        return plan.Members.Any(other => !ReferenceEquals(other, member) && Bits(other) is (var from, var to) && from < end && start < to);
    }

    private (int Start, int End) Bits(MemberPlan member)
    {
        if (member.Bits is not { } bits)
            return (member.Offset * 8, (member.Offset + types.SizeOf(member.Use)) * 8);
        int first = types.IsBigEndian ? (bits.Storage.Size * 8) - bits.Shift - bits.Count : bits.Shift;
        first += bits.Storage.Offset * 8;
        return (first, first + bits.Count);
    }
}
