using HomeHub.Core.SelfCheck;
using HomeHub.Gateway.SelfCheck;

namespace HomeHub.Gateway.Tests.SelfCheck;

public sealed class DiskProbeTests : IDisposable
{
    private const long Gigabyte = 1_000_000_000;

    private readonly string _folder = Directory.CreateTempSubdirectory("homehub-disk-probe-").FullName;

    [Theory]
    [InlineData(4 * Gigabyte, 32 * Gigabyte, 50_000L, CheckOutcome.Good, null)]
    [InlineData(3 * Gigabyte, 32 * Gigabyte, 50_000L, CheckOutcome.Warning, CheckReason.DiskLow)]
    [InlineData(DiskProbe.LowBytes - 1, Gigabyte, 50_000L, CheckOutcome.Warning, CheckReason.DiskLow)]
    [InlineData(DiskProbe.FullBytes - 1, Gigabyte, 50_000L, CheckOutcome.Bad, CheckReason.DiskFull)]
    [InlineData(4 * Gigabyte, 32 * Gigabyte, DiskProbe.FewInodes - 1, CheckOutcome.Warning, CheckReason.FewInodes)]
    [InlineData(4 * Gigabyte, 32 * Gigabyte, null, CheckOutcome.Good, null)]
    public void Room_that_is_left_is_judged(long free, long total, long? inodes, CheckOutcome expected, CheckReason? reason)
    {
        CheckFinding found = DiskProbe.Look(new DiskRoom(free, total, inodes));
        Assert.Equal((CheckKind.Disk, expected, reason), (found.Kind, found.Outcome, found.Reason));
    }

    [Fact]
    public async Task A_disk_that_takes_a_file_is_good_and_nothing_is_left_on_it()
    {
        CheckFinding found = await new DiskProbe(_folder, _ => new DiskRoom(9 * Gigabyte, 10 * Gigabyte, 1_000_000)).RunAsync(default);
        Assert.Equal(CheckOutcome.Good, found.Outcome);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder));
    }

    [Fact]
    public async Task A_disk_that_takes_none_is_bad_whatever_room_it_has()
    {
        CheckFinding found = await new DiskProbe(Path.Combine(_folder, "missing"), _ => new DiskRoom(9 * Gigabyte, 10 * Gigabyte, 1_000_000)).RunAsync(default);
        Assert.Equal((CheckOutcome.Bad, CheckReason.DiskNotWritable), (found.Outcome, found.Reason));
    }

    [Fact]
    public void The_system_tells_what_it_tells_others()
    {
        DiskRoom room = DiskRoom.Read(_folder)!;
        var drive = new DriveInfo(_folder);
        Assert.Equal(drive.TotalSize, room.TotalBytes);
        Assert.InRange(room.FreeBytes, drive.AvailableFreeSpace - Gigabyte, drive.AvailableFreeSpace + Gigabyte);
        Assert.True(room.FreeInodes > 0);
        Assert.Null(DiskRoom.Read(Path.Combine(_folder, "missing")));
        Assert.Equal(CheckOutcome.Unknown, DiskProbe.Look(null).Outcome);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
