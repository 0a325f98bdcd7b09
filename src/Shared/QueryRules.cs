using System.Globalization;

namespace BpfMaps;

/// <summary>The limits of the translation of queries, with the messages that exceptions and the analyzer share.</summary>
internal static class QueryRules
{
    /// <summary>The message as a format, with the part of the query and the reason.</summary>
    public const string Format = Start + "{0}" + End + "{1}";

    private const string Start = "The query cannot be translated because of '";
    private const string End = "': ";

    public const string Operation = "the operation has no translation.";
    public const string Method = "methods cannot be called in the kernel.";
    public const string Checked = "checked arithmetic cannot be translated: use unchecked(...).";
    public const string NotAField = "it is not a field of the key or the value.";
    public const string ElementText = "texts can be compared with constants and captured variables.";
    public const string VariableDivisor = "the divisor depends on the element, and could be 0.";
    public const string NegativeDivisor = "the divisor is negative.";
    public const string NotAnArray = "the field is not an inline array.";
    public const string VariableIndex = "the index depends on the element.";

    /// <summary>The number of parameters of 8 bytes that a program can have.</summary>
    public const int MostParameters = 256;

    private const int ParameterSize = 8;

    public static string TooManyVariables { get; } =
        $"with it, the captured variables need more than {Text(MostParameters * ParameterSize)} bytes.";

    public static string Message(string part, string reason) => Start + part + End + reason;

    public static string OperatorIsMethod(string? type) => $"the operator of {type} is a method.";

    public static string NotAnInteger(string type) => $"{type} is not an integer.";

    public static string NotConvertible(string type) => $"{type} cannot be converted to an integer in a query.";

    public static string ComputedProperty(string member) => $"'{member}' is not a field: only fields can be used, not computed properties.";

    public static string OtherSize(int fieldSize, string type, int size) =>
        $"the field has {Text(fieldSize)} bytes, but {type} has {Text(size)}.";

    public static string NoTranslation(string member) => $"'{member}' has no translation.";

    public static string IndexOutside(long index, int count) => $"the index is {Text(index)}, but the array has {Text(count)} elements.";

    /// <summary>
    /// Gets the number of parameters for the comparison with a text field: whether the text is impossible, and a pattern and a mask of the
    /// size of the field.
    /// </summary>
    public static int ParametersOfText(int capacity) => 1 + (2 * ((capacity + ParameterSize - 1) / ParameterSize));

    /// <summary>Returns whether a type of integers contains all numbers of another one, so that a conversion cannot overflow.</summary>
    public static bool Holds(int size, bool isSigned, int otherSize, bool isOtherSigned) =>
        isSigned == isOtherSigned ? size >= otherSize : isSigned && size > otherSize;

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
