namespace HomeHub.Profiles.Tests.Properties;

/// <summary>What must be true of every result, whatever the octets.</summary>
internal static class ResultRules
{
    public static void MustHold(PayloadCase payload, DecodeResult result)
    {
        if (result.Error is { } error)
        {
            Assert.NotEqual(DecodeErrorCode.None, error.Code);
            Assert.Equal(payload.Characteristic, error.Characteristic);
            Assert.NotEqual("", error.Field);
            Assert.InRange(error.Offset, 0, payload.Octets.Length);
            Assert.Empty(result.Readings);
            Assert.Null(result.Context);
            Assert.Null(result.Device);
            Assert.Null(result.Clock);
            return;
        }

        foreach (Reading reading in result.Readings)
        {
            // A range that lies outside the payload throws here.
            Assert.NotEmpty(payload.Octets[reading.Octets]);
            Assert.False(reading.Timestamp is { IsUnknown: true });
            for (int i = 0; i < reading.Values.Length; i++)
            {
                MustHold(reading, reading.Values[i], i);
            }
        }
    }

    private static void MustHold(Reading reading, ReadingValue value, int position)
    {
        Assert.NotEqual(0u, value.Code.Code);
        Assert.False(value.AlsoDerivedFrom is not null && value.DerivedFrom is null);
        foreach (int from in new[] { value.DerivedFrom, value.AlsoDerivedFrom }.OfType<int>())
        {
            Assert.InRange(from, 0, position - 1);
        }

        if ((reading.Status & MeasurementStatus.TestData) != 0)
        {
            Assert.Equal(UploadRule.Never, value.Upload);
        }

        switch (value)
        {
            case NumericValue { Subject: ValueSubject.Patient } number when (reading.Status & MeasurementStatus.Invalid) != 0:
                Assert.Equal(UploadRule.Never, number.Upload);
                Assert.Equal(AbsenceReason.Error, number.Value.Absence);
                break;
            case CompoundNumericValue compound:
                Assert.NotEmpty(compound.Components);
                break;
            case BitsEnumerationValue bits:
                Assert.NotEmpty(bits.Bits);
                Assert.Equal(bits.Bits.Select(bit => bit.Bit).Distinct().Order(), bits.Bits.Select(bit => bit.Bit));
                Assert.All(bits.Bits, bit => Assert.NotEqual("", bit.Name));
                break;
            case SampledValue waveform:
                Assert.NotEmpty(waveform.Samples);
                Assert.True(waveform.PeriodMilliseconds > 0);
                break;
            default:
                Assert.True(value is NumericValue or CodedValue);
                break;
        }
    }
}
