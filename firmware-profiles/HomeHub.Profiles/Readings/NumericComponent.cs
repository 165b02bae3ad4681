namespace HomeHub.Profiles;

/// <summary>One number of a Compound Numeric.</summary>
/// <param name="Code">What was measured.</param>
/// <param name="Value">The number or why there is none.</param>
/// <param name="Unit">Unit of the number.</param>
public readonly record struct NumericComponent(MdcTerm Code, MeasuredValue Value, Unit Unit)
{
    /// <summary>Apart, because hardly a device sends in another unit, and components are made for every record.</summary>
    private readonly OriginalQuantity? _original;

    /// <summary>A number that was converted from another unit.</summary>
    /// <param name="code">What was measured.</param>
    /// <param name="value">The number or why there is none.</param>
    /// <param name="unit">Unit of the number.</param>
    /// <param name="original">The number as the device sent it.</param>
    /// <param name="originalUnit">Unit of <paramref name="original"/>.</param>
    public NumericComponent(MdcTerm code, MeasuredValue value, Unit unit, MeasuredValue original, Unit originalUnit)
        : this(code, value, unit) => _original = new OriginalQuantity(original, originalUnit);

    /// <summary>The number as the device sent it, when <see cref="Value"/> was converted to another unit; else null.</summary>
    public MeasuredValue? Original => _original?.Value;

    /// <summary>Unit of <see cref="Original"/>.</summary>
    public Unit? OriginalUnit => _original?.Unit;

    private sealed record OriginalQuantity(MeasuredValue Value, Unit Unit);
}
