using BpfMaps.Metadata;
using BpfMaps.Queries.Assembly;
using BpfMaps.Queries.Programs;
using BpfMaps.Queries.Questions;
using BpfMaps.Queries.Running;

namespace BpfMaps.Tests;

/// <summary>The code of programs, and what is said about code that the kernel rejects.</summary>
public sealed class CodeTests
{
    private static readonly QueryTarget s_hash = new()
    {
        KeySize = 8,
        ValueSize = 16,
        IsArray = false,
        Cpus = [],
        Totals = [],
        ValueOffset = 8,
        Stride = 24,
    };

    private static readonly FieldNumber s_bytes = new(Part.Value, 8, NumberType.UInt64, IsBigEndian: false);

    [Fact]
    public void Count_ComparesFieldsWithVariablesAndLiterals()
    {
        FieldNumber port = new(Part.Key, 4, new NumberType(2, IsSigned: false), IsBigEndian: true);
        Predicate condition = new Both(
            new Comparison(Relation.Less, s_bytes, new ParameterNumber(0, NumberType.UInt64)),
            new Comparison(Relation.Equal, port, new ConstantNumber(443, port.Type))
        );

        Assert.Equal(
            """
            query(context):
                0: r1 = map[0]
                2: r2 = element
                4: r3 = 0
                5: r4 = 0
                6: call ForEachElement
                7: r0 = 0
                8: exit
            element(map, key, value, context):
                9: r6 = r2
               10: r7 = r3
               11: r9 = map[1][0]
               13: r0 = *(u64 *)(r7 +8)
               14: r1 = *(u64 *)(r9 +96)
               15: if r0 >= r1 goto L22
               16: r0 = *(u16 *)(r6 +4)
               17: r0 = be16 r0
               18: if r0 != 443 goto L22
               19: r1 = *(u64 *)(r9 +0)
               20: r1 += 1
               21: *(u64 *)(r9 +0) = r1
            L22:
               22: r0 = 0
               23: exit

            """,
            QuestionProgram.Write(s_hash, new Question(QuestionKind.Count, condition)).ToString()
        );
    }

    [Fact]
    public void Sum_Has128Bits() =>
        Assert.Equal(
            """
            query(context):
                0: r1 = map[0]
                2: r2 = element
                4: r3 = 0
                5: r4 = 0
                6: call ForEachElement
                7: r0 = 0
                8: exit
            element(map, key, value, context):
                9: r6 = r2
               10: r7 = r3
               11: r9 = map[1][0]
               13: r0 = *(u64 *)(r7 +8)
               14: r1 = *(u64 *)(r9 +24)
               15: r2 = *(u64 *)(r9 +32)
               16: r1 += r0
               17: if r1 >= r0 goto L19
               18: r2 += 1
            L19:
               19: *(u64 *)(r9 +24) = r1
               20: *(u64 *)(r9 +32) = r2
               21: r1 = *(u64 *)(r9 +0)
               22: r1 += 1
               23: *(u64 *)(r9 +0) = r1
               24: r0 = 0
               25: exit

            """,
            QuestionProgram.Write(s_hash, new Question(QuestionKind.Sum, Always.True, s_bytes)).ToString()
        );

    [Fact]
    public void Total_CallsAFunctionForEachOtherCpu()
    {
        QueryTarget target = s_hash with
        {
            ValueSize = 8,
            Cpus = [0, 2],
            Totals =
            [
                new BpfTotalField(Aggregation.Max, BpfTypeLayout.Of<uint>(), 0),
                new BpfTotalField(Aggregation.Sum, BpfTypeLayout.Of<uint>(), 4),
            ],
        };

        Assert.Equal(
            """
            query(context):
                0: call GetCpu
                1: r1 = map[1][0]
                3: *(u64 *)(r1 +48) = r0
                4: r1 = map[0]
                6: r2 = element
                8: r3 = 0
                9: r4 = 0
               10: call ForEachElement
               11: r0 = 0
               12: exit
            element(map, key, value, context):
               13: r6 = r2
               14: r7 = r3
               15: r9 = map[1][0]
               17: *(u64 *)(r10 -16) = r7
               18: r7 = r9
               19: r7 += 2144
               20: r4 = *(u64 *)(r10 -16)
               21: r5 = *(u64 *)(r9 +48)
               22: r3 = 0
               23: r0 = r4
               24: if r3 == r5 goto L30
               25: r2 = r6
               26: r1 = map[0]
               28: call LookupElementOfCpu
               29: if r0 == 0 goto L42
            L30:
               30: r1 = *(u64 *)(r0 +0)
               31: *(u64 *)(r7 +0) = r1
               32: r1 = r6
               33: r2 = r7
               34: r4 = *(u64 *)(r10 -16)
               35: r5 = *(u64 *)(r9 +48)
               36: r3 = 2
               37: call add_cpu
               38: if r0 != 0 goto L42
               39: r1 = *(u64 *)(r9 +0)
               40: r1 += 1
               41: *(u64 *)(r9 +0) = r1
            L42:
               42: r0 = 0
               43: exit
            add_cpu(key, total, cpu, own, own_cpu):
               44: r7 = r2
               45: r0 = r4
               46: if r3 == r5 goto L52
               47: r2 = r1
               48: r1 = map[0]
               50: call LookupElementOfCpu
               51: if r0 == 0 goto L63
            L52:
               52: r1 = *(u32 *)(r0 +0)
               53: r2 = *(u32 *)(r7 +0)
               54: if r2 >= r1 goto L56
               55: r2 = r1
            L56:
               56: *(u32 *)(r7 +0) = r2
               57: r1 = *(u32 *)(r0 +4)
               58: r2 = *(u32 *)(r7 +4)
               59: r2 += r1
               60: *(u32 *)(r7 +4) = r2
               61: r0 = 0
               62: exit
            L63:
               63: r0 = 1
               64: exit

            """,
            QuestionProgram.Write(target, new Question(QuestionKind.Count, Always.True)).ToString()
        );
    }

    [Fact]
    public void RejectedProgram_IsShownWithTheReasonOfTheVerifier()
    {
        Require.Feature(KernelFeature.Queries);
        CodeWriter code = new();
        code.BeginFunction(code.NewLabel(), "query", "context");
        code.Load(Register.R0, Register.R5, 0, sizeof(ulong));
        code.Exit();

        BpfException problem = Assert.ThrowsAny<BpfException>(() => LoadedProgram.Load(BpfHost.Kernel, code.Build(), [], "Loading a test"));

        Assert.Equal("BPF_PROG_LOAD", problem.Command);
        Assert.StartsWith("Loading a test failed: BPF_PROG_LOAD returned EACCES (13).", problem.Message, StringComparison.Ordinal);
        Assert.Contains("R5 !read_ok", problem.Message, StringComparison.Ordinal);
        Assert.Contains("0: r0 = *(u64 *)(r5 +0)", problem.Message, StringComparison.Ordinal);
    }
}
