using HomeHub.Core.Acquisition;
using HomeHub.Core.Identity;
using HomeHub.Core.Time;
using HomeHub.Testing;

namespace HomeHub.Core.Tests.Acquisition;

/// <summary>Spot-checks without stamp or number: which are the same (docs/decisions/0026). 97 %, 70 a minute, and 98 %, 70 a minute.</summary>
public sealed class UnstampedSpotCheckTests
{
    private const string Spot = "0061004600", Other = "0062004600", Stamped = "0161004600EA07030E072C00";

    private static readonly DateTimeOffset At = SampleReadings.Start;

    [Fact]
    public void What_the_memory_tells_again_is_the_same_in_every_connection()
    {
        RecordIdentity first = Take(Session(isRequested: true), Spot, 0);
        Assert.Equal(first, Take(Session(isRequested: true), Spot, 86_400));
        Assert.NotEqual(first, Take(Session(isRequested: true), Other, 0));
        Assert.NotEqual(first, Take(Session(isRequested: true, device: 2), Spot, 0));
    }

    [Fact]
    public void What_is_told_as_it_is_measured_is_another_one_each_time()
    {
        AcquisitionSession session = Session(isRequested: false);
        RecordIdentity first = Take(session, Spot, 0);
        Assert.NotEqual(first, Take(session, Spot, 5));
        Assert.NotEqual(first, Take(Session(isRequested: false), Spot, 2));
        Assert.NotEqual(first, Take(Session(isRequested: true), Spot, 0));
    }

    [Fact]
    public void The_same_octets_at_once_again_are_a_repetition()
    {
        AcquisitionSession session = Session(isRequested: false);
        RecordIdentity first = Take(session, Spot, 0);
        Assert.Equal(first, Take(session, Spot, 1));
        Assert.Equal(first, Take(session, Spot, 4.9));
        RecordIdentity second = Take(session, Spot, 5);
        Assert.NotEqual(first, second);
        Assert.Equal(second, Take(session, Spot, 9));
        Assert.NotEqual(second, Take(session, Other, 9));
        Assert.NotEqual(second, Take(session, Spot, 9.5));
    }

    [Fact]
    public void A_stamp_tells_as_ever()
    {
        Assert.Equal(Take(Session(isRequested: true), Stamped, 0), Take(Session(isRequested: false), Stamped, 3_600));
    }

    private static AcquisitionSession Session(bool isRequested, int device = 1)
    {
        var session = new AcquisitionSession(SampleReadings.Patient, SampleReadings.Device(device), HubZone.OfReception);
        session.NoteRequest(isRequested);
        return session;
    }

    private static RecordIdentity Take(AcquisitionSession session, string hex, double seconds)
    {
        SessionOutcome outcome = session.Accept(new IncomingPayload(0x1822, 0x2A5E, Convert.FromHexString(hex), At.AddSeconds(seconds)));
        return Assert.Single(outcome.Readings).Identity;
    }
}
