using HomeHub.Core.Audit;
using HomeHub.Core.Buffering;
using HomeHub.Core.Erasure;
using HomeHub.Testing;
using HomeHub.Testing.Audit;
using HomeHub.Testing.Buffering;
using HomeHub.Testing.Time;

namespace HomeHub.Core.Tests.Erasure;

public sealed class ErasureDeskTests
{
    [Fact]
    public async Task What_is_erased_is_noted_with_who_asked_for_it_and_whoever_sends_is_woken()
    {
        await using var buffer = new InMemoryReadingBuffer();
        var audit = new InMemoryAuditLog();
        int woken = 0;
        var desk = new ErasureDesk(buffer, audit, new ManualTime(SampleReadings.Start), () => woken++);
        await buffer.AppendAsync([SampleReadings.BloodPressure(1).ToKeep(), SampleReadings.BloodPressure(2).ToSend()], default);
        Assert.Equal(new ErasedReadings(1, 1, 0), await desk.EraseAsync(SampleReadings.Patient, withWaiting: false, "person 1", default));
        AuditNote note = (await audit.ReadLastAsync(default))!.Note;
        Assert.Equal(new AuditNote(note.At, AuditActs.ReadingsErased, "person 1", SampleReadings.Patient, "erased=1; not-understood=0; on-their-way=1"), note);
        Assert.Equal((SampleReadings.Start, 1), (note.At, woken));
    }
}
