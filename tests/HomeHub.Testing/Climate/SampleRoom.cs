using HomeHub.Core.Acquisition;
using HomeHub.Core.Climate;
using HomeHub.Core.Identity;
using HomeHub.Core.Time;
using HomeHub.Profiles;
using HomeHub.Profiles.RoomClimate;

namespace HomeHub.Testing.Climate;

/// <summary>Readings of the room, as an acquisition session would hand them out. The same number gives the same one.</summary>
public static class SampleRoom
{
    /// <summary>What a sensor told, in thousandths.</summary>
    public static RoomReadout Readout(string celsius = "21340", string percent = "45123") =>
        new(RoomCondition.Ready, "bme280", [(RoomAttribute.TemperatureInput, celsius), (RoomAttribute.HumidityInput, percent)]);

    /// <summary>Number <paramref name="number"/>, that many minutes after <see cref="SampleReadings.Start"/>.</summary>
    public static AcquiredReading Reading(int number)
    {
        DateTimeOffset at = SampleReadings.Start.AddMinutes(number);
        byte[] octets = RoomClimateRecord.Write(Readout().Numbers)!;
        return new AcquiredReading
        {
            Identity = RecordIdentity.Of(RoomDevice.Of("bme280").Address, RoomClimateProfile.RecordUuid, null, null, at, octets),
            Device = RoomDevice.Of("bme280"),
            Patient = PatientReference.Room,
            Service = RoomClimateProfile.Service,
            Characteristic = RoomClimateProfile.RecordUuid,
            Octets = octets,
            Context = SessionContext.Empty,
            ReceivedAt = at,
            Effective = new EffectiveTime(at, StampUse.None),
        };
    }
}
