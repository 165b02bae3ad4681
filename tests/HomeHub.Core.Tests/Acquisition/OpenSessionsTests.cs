using HomeHub.Core.Acquisition;
using HomeHub.Core.Identity;
using HomeHub.Core.Time;

namespace HomeHub.Core.Tests.Acquisition;

public class OpenSessionsTests
{
    private readonly OpenSessions _sessions = new(HubZone.OfReception, maxSessions: 2);

    [Fact]
    public void The_same_name_device_and_patient_are_one_connection()
    {
        AcquisitionSession first = _sessions.Of(Payload("a"));
        Assert.Same(first, _sessions.Of(Payload("a")));
        Assert.NotSame(first, _sessions.Of(Payload("b")));
        Assert.NotSame(first, _sessions.Of(Payload("a", patient: "Patient/p2")));
    }

    [Fact]
    public void A_payload_without_a_name_stands_alone() =>
        Assert.NotSame(_sessions.Of(Payload(null)), _sessions.Of(Payload(null)));

    [Fact]
    public void The_connection_that_was_silent_longest_is_closed_for_a_new_one()
    {
        AcquisitionSession a = _sessions.Of(Payload("a")), b = _sessions.Of(Payload("b"));
        Assert.Same(a, _sessions.Of(Payload("a")));
        _sessions.Of(Payload("c"));
        Assert.Same(a, _sessions.Of(Payload("a")));
        Assert.NotSame(b, _sessions.Of(Payload("b")));
    }

    private static DevicePayload Payload(string? session, string patient = "Patient/p1") => new(
        session,
        new PatientReference(patient),
        new DeviceDescriptor { Address = "C0:FF:EE:00:00:01" },
        null,
        new IncomingPayload(0x1810, 0x2A35, new byte[7], new DateTimeOffset(2026, 11, 22, 10, 0, 0, TimeSpan.FromHours(1))));
}
