using BpfMaps.Generators.Layouts;
using BpfMaps.Generators.Model;
using BpfMaps.Generators.Utilities;
using BpfMaps.Metadata;

namespace BpfMaps.Generators.Objects;

/// <summary>Determines how the values of per-CPU maps are added up.</summary>
/// <remarks>
/// Numbers are summed. Members that cannot be added up (text, enumerations, addresses, unions) keep the values of the first CPU, and their
/// struct gets an <c>Accumulate</c> method. In declarations by users, such members are errors instead.
/// </remarks>
internal sealed class AggregationPlanner(ObjectTypePlanner types)
{
    /// <summary>A struct with more numbers gets an <c>Accumulate</c> method, which is written once.</summary>
    private const int MostSteps = 64;

    /// <summary>The limit of numbers in an array element, for which <c>Accumulate</c> cannot be called.</summary>
    private const int MostInElement = 4096;

    private readonly Dictionary<string, AccumulatePlan?> _own = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _numbers = new(StringComparer.Ordinal);

    /// <returns>The steps for values of this type; none if the total is the value of the first CPU.</returns>
    public EquatableArray<AggregateStep> StepsOf(LayoutTypeUse value)
    {
        List<AggregateStep> steps = [];
        if (types.SizeOf(value) <= KernelLimits.LargestPerCpuValue)
            _ = TryAdd(steps, value, "", 0, EquatableArray<Loop>.Empty);
        return steps.ToEquatableArray();
    }

    /// <summary>Gets whether a value can be added up.</summary>
    public bool HasTotal(LayoutTypeUse value) =>
        types.SizeOf(value) <= KernelLimits.LargestPerCpuValue && TryAdd([], value, "", 0, EquatableArray<Loop>.Empty);

    /// <summary>
    /// Gets whether a declaration can use the value type directly, without a wrapper struct that has an <c>Accumulate</c> method.
    /// </summary>
    public bool IsDeclarable(LayoutTypeUse value) =>
        HasTotal(value) && (value.Count == 0 || types.Struct(value.Element) is not { } element || OwnOf(element) is null);

    /// <returns>The body of the struct's <c>Accumulate</c> method; <see langword="null"/> if it needs none.</returns>
    public AccumulatePlan? OwnStepsOf(StructPlan plan) => _own.TryGetValue(plan.Layout.Token, out AccumulatePlan? own) ? own : null;

    private bool TryAdd(List<AggregateStep> steps, LayoutTypeUse use, string? path, int offset, EquatableArray<Loop> loops)
    {
        if (types.Struct(use.Element) is { } plan)
            return TryAddStruct(steps, plan, use.Count, path, offset, loops);
        if (types.Find(use.Element) is { } other)
            return ObjectTypePlanner.IsSpinLock(other);
        if (use.Element is "char" or "bool" or LayoutNumbers.Opaque || ObjectTypePlanner.IsNetworkOrder(use))
            return false;
        string number = types.TypeOf(use with { Count = 0 })!;
        string? reach = use.Count == 0 ? path : null;
        steps.Add(new(Aggregation.Sum, reach, number, offset, Math.Max(use.Count, 1), reach is null ? loops : EquatableArray<Loop>.Empty));
        return true;
    }

    private bool TryAddStruct(List<AggregateStep> steps, StructPlan plan, int count, string? path, int offset, EquatableArray<Loop> loops)
    {
        if (plan.Layout.Kind == BpfTypeKind.Union && plan.Layout.Fields.Count > 1)
            return false;
        bool isArray = count > 0;
        if (OwnOf(plan) is { } own)
        {
            if (!isArray && path is not null)
            {
                steps.Add(new(null, path, "", offset, 1, EquatableArray<Loop>.Empty, types.Style.Qualifier + plan.Name));
                return true;
            }
            // The method cannot be called on an array element, which is accessed by offset.
            if (!own.IsOnlyLarge || NumbersIn(plan) > MostInElement)
                return false;
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

    /// <summary>Determines whether a struct needs an <c>Accumulate</c> method, and caches its steps.</summary>
    private AccumulatePlan? OwnOf(StructPlan plan)
    {
        if (_own.TryGetValue(plan.Layout.Token, out AccumulatePlan? known))
            return known;
        List<AggregateStep> steps = [];
        List<string> kept = [];
        HashSet<MemberPlan> overlapped = Overlapped(plan);
        foreach (MemberPlan member in plan.Members)
        {
            bool isFlag = member.Type == "bool";
            if (
                isFlag
                || overlapped.Contains(member)
                || !TryAdd(steps, member.Use, "." + member.Name, member.Offset, EquatableArray<Loop>.Empty)
            )
                kept.Add(member.Name);
        }
        bool isLarge = steps.Count > MostSteps,
            isSpecial = kept.Count > 0 || plan.Storage.Count > 0 || plan.Bytes is not null;
        AccumulatePlan? own = isLarge || isSpecial ? new(steps.ToEquatableArray(), kept, !isSpecial) : null;
        _own.Add(plan.Layout.Token, own);
        return own;
    }

    /// <summary>Counts the numbers in a struct, including those of nested structs.</summary>
    private long NumbersIn(StructPlan plan)
    {
        if (_numbers.TryGetValue(plan.Layout.Token, out long known))
            return known;
        long count = 0;
        foreach (MemberPlan member in plan.Members)
            count = Math.Min(count + (types.Struct(member.Use.Element) is { } inner ? NumbersIn(inner) : 1), int.MaxValue);
        _numbers.Add(plan.Layout.Token, count);
        return count;
    }

    /// <summary>Finds members that share bits with others.</summary>
    private HashSet<MemberPlan> Overlapped(StructPlan plan)
    {
        HashSet<MemberPlan> overlapped = [];
        (MemberPlan? member, int end) = (null, 0);
        foreach (MemberPlan next in plan.Members.OrderBy(m => Bits(m).Start))
        {
            (int nextStart, int nextEnd) = Bits(next);
            if (member is not null && nextStart < end)
            {
                overlapped.Add(member);
                overlapped.Add(next);
            }
            if (nextEnd >= end)
                (member, end) = (next, nextEnd);
        }
        return overlapped;
    }

    private (int Start, int End) Bits(MemberPlan member) =>
        member.Bits is { } bits
            ? (bits.FirstBit, bits.FirstBit + bits.Count)
            : (member.Offset * 8, (member.Offset + types.SizeOf(member.Use)) * 8);
}
