namespace BpfMaps.Generators.Diagnostics;

/// <summary>Ids of diagnostics. Ids are never reused; each has a page docs/diagnostics/{id}.md.</summary>
internal static class DiagnosticIds
{
    public const string MapClassNotPartial = "BPFMAP001";
    public const string ContainingTypeNotPartial = "BPFMAP002";
    public const string MapTypeMissing = "BPFMAP003";
    public const string MapTypeWithoutClass = "BPFMAP004";
    public const string DeclarationNotSupported = "BPFMAP005";
    public const string KeyMissing = "BPFMAP006";
    public const string KeyOnKeylessMap = "BPFMAP007";
    public const string IndexNot4Bytes = "BPFMAP008";
    public const string PrefixKeyExpected = "BPFMAP009";
    public const string ValueMissing = "BPFMAP010";
    public const string ValueOnStruct = "BPFMAP011";
    public const string TypeNotAccessible = "BPFMAP012";
    public const string ClassNameUnusable = "BPFMAP013";
    public const string NameInvalid = "BPFMAP014";
    public const string NameDeclaredTwice = "BPFMAP015";
    public const string MaxEntriesRefused = "BPFMAP016";
    public const string FlagsRefused = "BPFMAP017";
    public const string FlagsContradictory = "BPFMAP018";
    public const string NotAggregatable = "BPFMAP019";
    public const string SpinLockMisplaced = "BPFMAP020";
    public const string NotBlittable = "BPFMAP021";
    public const string DiffersFromC = "BPFMAP022";
    public const string AutoLayout = "BPFMAP023";
    public const string KeySizeMismatch = "BPFMAP024";
    public const string ValueSizeMismatch = "BPFMAP025";
    public const string KeyHasPadding = "BPFMAP026";
    public const string ValueHasPadding = "BPFMAP027";
    public const string KeyTooLarge = "BPFMAP028";
    public const string ValueTooLarge = "BPFMAP029";
    public const string EmptyType = "BPFMAP030";
    public const string ValueSizeRefused = "BPFMAP031";
    public const string RawSpanSize = "BPFMAP032";
    public const string MapNotDisposed = "BPFMAP033";
    public const string LookupInLoop = "BPFMAP034";
    public const string LayoutUnreadable = "BPFMAP035";
    public const string ObjectUnknown = "BPFMAP036";
    public const string MapNotInObject = "BPFMAP037";
    public const string MapInNoObject = "BPFMAP038";
    public const string TypeDiffers = "BPFMAP039";
    public const string MaxEntriesDiffers = "BPFMAP040";
    public const string FlagsDiffer = "BPFMAP041";
    public const string KeyDiffers = "BPFMAP042";
    public const string ValueDiffers = "BPFMAP043";
    public const string MapNotDeclared = "BPFMAP044";
    public const string ValueIsTheKernels = "BPFMAP045";
    public const string InnerMissing = "BPFMAP046";
    public const string InnerOnOtherMap = "BPFMAP047";
    public const string InnerUnusable = "BPFMAP048";
    public const string MapExtraRefused = "BPFMAP049";

    public const string ObjectClassNotPartial = "BPFMAP050";
    public const string ObjectClassNotSupported = "BPFMAP051";
    public const string LibbpfNotReferenced = "BPFMAP052";
    public const string ObjectNotDescribed = "BPFMAP053";

    public const string MapExtraDiffers = "BPFMAP054";
    public const string ByteOrderDiffers = "BPFMAP055";
    public const string PrefixInHostOrder = "BPFMAP056";
    public const string LanguageTooOld = "BPFMAP057";
    public const string ObjectKeyHasPadding = "BPFMAP058";

    public const string EnumIsCut = "BPFMAP060";
    public const string RecordDiffers = "BPFMAP061";
    public const string ObjectRefused = "BPFMAP062";
    public const string TypeNotInObject = "BPFMAP063";
    public const string RecordOnOtherMap = "BPFMAP064";
    public const string ObjectAmbiguous = "BPFMAP070";
    public const string MetricNameInvalid = "BPFMAP080";
    public const string LabelNameInvalid = "BPFMAP081";
    public const string LabelNotText = "BPFMAP082";
    public const string MetricDeclaredTwice = "BPFMAP083";
    public const string MetricsDiffer = "BPFMAP084";
    public const string HistogramInvalid = "BPFMAP085";
    public const string MetricNotANumber = "BPFMAP086";
    public const string DecoderUnusable = "BPFMAP087";
    public const string LabelMatchInvalid = "BPFMAP088";
    public const string MetricAttributeMisplaced = "BPFMAP089";

    // 100 to 109 are diagnostics of builds.
    public const string QueryOperationInvalid = "BPFMAP110";
    public const string QueryNotAnInteger = "BPFMAP111";
    public const string QueryNotAField = "BPFMAP112";
    public const string QueryDivisorInvalid = "BPFMAP113";
    public const string QueryTextDependsOnElement = "BPFMAP114";
    public const string QueryArrayElementInvalid = "BPFMAP115";
    public const string QueryTooManyVariables = "BPFMAP116";

    /// <summary>The URL of the folder with the pages.</summary>
    public const string HelpLink = "https://github.com/bpftyped/bpftyped/blob/main/docs/diagnostics/";
}
