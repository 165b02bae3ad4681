using System.Threading.Channels;
using HomeHub.Core.Acquisition;
using HomeHub.Core.People;
using HomeHub.Core.Peripherals;
using HomeHub.Core.Sessions;
using HomeHub.Profiles;
using HomeHub.Testing;

namespace HomeHub.Core.Tests.Sessions;

/// <summary>A scale that keeps each user's records to itself until it is told that user's code.</summary>
public sealed class UserConsentTests
{
    private static readonly GattCharacteristic Weight = new(BluetoothUuid.Of(0x181D), BluetoothUuid.Of(0x2A9D), 10, GattProperties.Indicate);

    private static readonly GattCharacteristic Users = new(
        BluetoothUuid.Of(0x181C), BluetoothUuid.Of(0x2A9F), 20, GattProperties.Write | GattProperties.Indicate);

    private readonly List<byte[]> _taken = [];

    [Fact]
    public async Task Each_user_whose_code_is_known_is_asked_for_in_turn_and_what_it_has_is_taken()
    {
        var scale = new Scale();
        SessionReport report = await RunAsync(scale, Slot(1, 1111), Slot(2, null), Slot(3, 3333));
        Assert.Equal(["02015704", "0203050D"], scale.Asked.Select(Convert.ToHexString));
        Assert.Equal(["04102701", "04102703"], _taken.Select(Convert.ToHexString));
        Assert.True(report.HasToldAll);
        Assert.Equal(2, report.Values);
    }

    [Theory]
    [InlineData(0x05)]
    [InlineData(0x03)]
    [InlineData(null)]
    public async Task A_code_that_is_not_accepted_is_told_and_keeps_no_other_user_back(int? refusal)
    {
        var scale = new Scale { Refuses = 1, Refusal = (byte?)refusal };
        PeripheralException error = await Assert.ThrowsAsync<PeripheralException>(() => RunAsync(scale, Slot(1, 1111), Slot(3, 3333)));
        Assert.Equal(PeripheralFault.ConsentRefused, error.Fault);
        Assert.DoesNotContain("1111", error.Message, StringComparison.Ordinal);
        Assert.Equal(["04102703"], _taken.Select(Convert.ToHexString));
    }

    [Fact]
    public async Task Where_no_code_is_known_nobody_is_asked_for()
    {
        var scale = new Scale();
        await RunAsync(scale, Slot(1, null));
        Assert.Empty(scale.Asked);
        Assert.False(scale.IsSubscribed);
    }

    private static UserSlot Slot(byte index, ushort? code) => new(index, SampleReadings.Patient, SampleReadings.Start) { ConsentCode = code };

    private async Task<SessionReport> RunAsync(Scale scale, params UserSlot[] slots)
    {
        var device = new RegisteredDevice { Address = scale.Address, Patient = null, PairedAt = SampleReadings.Start, Slots = UserSlots.Of(slots) };
        var options = new PeripheralSourceOptions
        {
            Limits = new SessionLimits { FirstValue = TimeSpan.FromMilliseconds(100), Idle = TimeSpan.FromMilliseconds(100) },
        };
        var session = new PeripheralSession(scale, device, DeviceMemory.Empty, options, TimeProvider.System);
        await session.RunAsync("s", TakeAsync, CancellationToken.None);
        return session.Report;
    }

    private ValueTask TakeAsync(SourceItem item, CancellationToken cancellation)
    {
        if (item.Payload!.Payload.Octets.Span is { Length: > 0 } octets)
        {
            _taken.Add(octets.ToArray());
        }

        item.Committed?.Invoke();
        return ValueTask.CompletedTask;
    }

    /// <summary>Tells one weight, 50 kg, of each user for whom it is asked rightly.</summary>
    private sealed class Scale : IPeripheral
    {
        private readonly Channel<CharacteristicValue> _values = Channel.CreateUnbounded<CharacteristicValue>();

        public byte? Refuses { get; init; }

        /// <summary>What it answers then; null: an ATT error instead of an answer.</summary>
        public byte? Refusal { get; init; }

        public List<byte[]> Asked { get; } = [];

        public bool IsSubscribed { get; private set; }

        public string Address => "C0:FF:EE:00:00:01";

        public bool IsBonded => true;

        public IReadOnlyList<GattCharacteristic> Characteristics => [Weight, Users];

        public ConnectionTimes Times => default;

        public ChannelReader<CharacteristicValue> Values => _values.Reader;

        public Task<byte[]> ReadAsync(GattCharacteristic characteristic, CancellationToken cancellation) =>
            throw new PeripheralException(PeripheralFault.NotPermitted, "no");

        public Task WriteAsync(GattCharacteristic characteristic, ReadOnlyMemory<byte> value, CancellationToken cancellation)
        {
            Assert.True(IsSubscribed);
            byte[] request = value.ToArray();
            Asked.Add(request);
            bool isRefused = request[1] == Refuses;
            if (isRefused && Refusal is null)
            {
                throw new PeripheralException(PeripheralFault.ProfileError, "User Data Access Not Permitted") { AttError = 0x80 };
            }

            Tell(Users, [0x20, 0x02, isRefused ? Refusal!.Value : (byte)0x01]);
            if (!isRefused)
            {
                Tell(Weight, [0x04, 0x10, 0x27, request[1]]);
            }

            return Task.CompletedTask;
        }

        public Task SubscribeAsync(GattCharacteristic characteristic, CancellationToken cancellation)
        {
            IsSubscribed |= characteristic == Users;
            return Task.CompletedTask;
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;

        private void Tell(GattCharacteristic from, byte[] octets) => Assert.True(_values.Writer.TryWrite(new CharacteristicValue(from, octets, SampleReadings.Start)));
    }
}
