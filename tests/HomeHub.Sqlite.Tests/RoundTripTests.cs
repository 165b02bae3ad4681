using System.Reflection;
using HomeHub.Core.Identity;
using HomeHub.Profiles;

namespace HomeHub.Sqlite.Tests;

/// <summary>What is stored as text comes back whole, also fields that are added later: they are found by reflection.</summary>
public sealed class RoundTripTests
{
    [Fact]
    public void A_device_with_every_field_comes_back()
    {
        var device = (DeviceDescriptor)Fill(typeof(DeviceDescriptor));
        Assert.Equal(device, JsonTexts.ReadDevice(JsonTexts.Write(device)));
        AssertSame(device, JsonTexts.ReadDevice(JsonTexts.Write(device)));
    }

    [Fact]
    public void A_context_with_every_field_comes_back()
    {
        var context = (SessionContext)Fill(typeof(SessionContext));
        AssertSame(context, JsonTexts.ReadContext(JsonTexts.Write(context)));
    }

    [Fact]
    public void What_is_zero_is_told_from_what_is_not_known()
    {
        var context = new SessionContext { BloodPressureFeature = 0, CgmSessionStart = new PhdTimestamp(0, 0, 0, 0, 0, 0, 0) };
        SessionContext back = JsonTexts.ReadContext(JsonTexts.Write(context));
        Assert.Equal(context, back);
        Assert.Null(back.GlucoseFeature);
        Assert.Equal("{}", JsonTexts.Write(SessionContext.Empty));
    }

    [Fact]
    public void Patients_come_back()
    {
        foreach (PatientReference patient in new[] { new PatientReference("Patient/p1"), new PatientReference("P|4", "urn:oid:2.999"), new PatientReference("a|b") })
        {
            Assert.Equal(patient, PatientText.Read(PatientText.Write(patient)));
        }
    }

    [Fact]
    public void Stamps_come_back_whatever_they_say()
    {
        PhdTimestamp[] stamps =
        [
            default, new(9999, 12, 31, 23, 59, 59, 56), new(2026, 2, 31, 0, 0, 0), new(1, 1, 1, 1, 1, 1, -48), new(65535, 255, 255, 255, 255, 255, 127),
        ];
        Assert.All(stamps, stamp => Assert.Equal(stamp, PackedStamp.Unpack(PackedStamp.Pack(stamp))));
    }

    private static object Fill(Type type)
    {
        object instance = Activator.CreateInstance(type)!;
        foreach (PropertyInfo property in type.GetProperties().Where(property => property.CanWrite))
        {
            property.SetValue(instance, Sample(property.PropertyType));
        }

        return instance;
    }

    private static object Sample(Type type)
    {
        Type inner = Nullable.GetUnderlyingType(type) ?? type;
        return inner switch
        {
            _ when inner == typeof(string) => "Ünï \"text\"",
            _ when inner == typeof(bool) => true,
            _ when inner == typeof(BluetoothUuid[]) => new BluetoothUuid[] { 0x1808, 0x1810, new(Guid.Parse("00001523-1212-efde-1523-785feabcd123")) },
            _ when inner == typeof(PhdTimestamp) => new PhdTimestamp(2026, 3, 14, 7, 42, 10, -4),
            _ when inner.IsEnum => Enum.GetValues(inner).GetValue(Enum.GetValues(inner).Length - 1)!,
            _ when inner.IsPrimitive => Convert.ChangeType(201, inner, System.Globalization.CultureInfo.InvariantCulture),
            _ => Fill(inner),
        };
    }

    private static void AssertSame(object expected, object actual)
    {
        foreach (PropertyInfo property in expected.GetType().GetProperties())
        {
            Assert.Equal(property.GetValue(expected), property.GetValue(actual));
        }
    }
}
