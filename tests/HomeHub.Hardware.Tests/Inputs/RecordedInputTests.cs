using HomeHub.Core.Board;
using HomeHub.Hardware.Inputs;
using HomeHub.Hardware.Kernel;
using HomeHub.Testing;
using HomeHub.Testing.Time;
using Microsoft.Extensions.Logging.Abstractions;

namespace HomeHub.Hardware.Tests.Inputs;

public sealed class RecordedInputTests : IDisposable
{
    /// <summary>EV_LED.</summary>
    private const ushort Led = 0x11;

    private readonly RecordedKernel _kernel = new();
    private readonly ManualTime _time = new(SampleReadings.Start);

    public void Dispose() => _kernel.Dispose();

    [Fact]
    public async Task One_key_of_many_is_heard_and_keys_that_repeat_are_not()
    {
        RecordedInput input = Add("/dev/input/event0", "gpio-keys", 116, 148);
        using InputButton button = Open("input:gpio-keys,key=148");
        Assert.Equal(InputAbi.Monotonic, input.Clock);
        List<bool> told = [];
        button.Changed += edge => told.Add(edge.IsPressed);
        Tell(input, 116, 1);
        Tell(input, 148, 1);
        Tell(input, 148, 2);
        Tell(input, 116, 0);
        Tell(input, 148, 0);
        await Eventually.HoldsAsync(() => told.Count >= 2, "the edges are told");
        Assert.Equal([true, false], told);
    }

    [Fact]
    public async Task After_events_were_lost_it_is_asked_how_the_key_is()
    {
        RecordedInput input = Add("/dev/input/event0", "gpio-keys", 148);
        using InputButton button = Open("input:gpio-keys");
        List<bool> told = [];
        button.Changed += edge => told.Add(edge.IsPressed);
        Tell(input, 148, 1);
        await Eventually.HoldsAsync(() => told.Count == 1, "the press is told");
        input.Down = [];
        RecordedKernel.Tell(input, InputAbi.Syn, InputAbi.Dropped, 0, TimeSpan.FromSeconds(3));
        await Eventually.HoldsAsync(() => told.Count == 2, "that it is up is told");
        Assert.False(told[1]);
    }

    [Fact]
    public async Task A_press_that_shares_its_stamp_with_a_light_that_blinked_long_before_has_the_time_at_which_it_is_heard()
    {
        RecordedInput input = Add("/dev/input/event0", "homehub-button", 148);
        using InputButton button = Open("input:homehub-button");
        List<ButtonEdge> told = [];
        button.Changed += told.Add;
        RecordedKernel.Tell(input, Led, 1, 1, TimeSpan.FromSeconds(1), isMarked: false);
        Tell(input, 148, 1);
        await Eventually.HoldsAsync(() => told.Count == 1, "the press is told");
        RecordedKernel.Tell(input, InputAbi.Key, 148, 0, TimeSpan.FromSeconds(20));
        await Eventually.HoldsAsync(() => told.Count == 2, "the release is told");
        Assert.Equal([new ButtonEdge(true, _time.GetElapsedTime(0)), new ButtonEdge(false, TimeSpan.FromSeconds(20))], told);
    }

    [Fact]
    public void Devices_are_found_by_name_and_by_what_they_have()
    {
        Add("/dev/input/event0", "homehub-button", 30);
        Add("/dev/input/event1", "other", 148);
        Add("/dev/input/event2", "homehub-button", 148);
        InputDevices devices = new(_kernel, _kernel.ListInputs);
        int descriptor = devices.Open("homehub-button", InputAbi.Key, 148)!.Value;
        Assert.Equal(_kernel.Inputs["/dev/input/event2"].Descriptor, descriptor);
        Assert.Null(devices.Open("homehub-button", InputAbi.Key, 149));
        Assert.Null(devices.Open("homehub-button", InputAbi.Snd, InputAbi.Tone));
        Assert.Null(devices.Open("nothing", InputAbi.Key, null));
    }

    [Fact]
    public void A_device_that_may_not_be_looked_at_may_be_the_one()
    {
        Add("/dev/input/event0", "homehub-button", 30);
        _kernel.Refusals["/dev/input/event0"] = LibC.AccessDenied;
        PlaceException refused = Assert.Throws<PlaceException>(() => new InputDevices(_kernel, _kernel.ListInputs).Open("homehub-button", InputAbi.Key, null));
        Assert.Equal(BoardCondition.NotPermitted, refused.Condition);
    }

    [Fact]
    public void One_that_can_not_tell_the_time_is_refused()
    {
        _kernel.Inputs["/dev/input/event0"] = new RecordedInput("homehub-button") { Keys = [30], RefusesClock = true };
        Assert.Equal(BoardCondition.Failed, Assert.Throws<PlaceException>(() => Open("input:homehub-button")).Condition);
    }

    private static void Tell(RecordedInput input, ushort key, int value) => RecordedKernel.Tell(input, InputAbi.Key, key, value, TimeSpan.FromSeconds(1));

    private RecordedInput Add(string file, string name, params int[] keys) => _kernel.Inputs[file] = new RecordedInput(name) { Keys = keys };

    private InputButton Open(string text)
    {
        BoardPlace place = BoardPlace.TryParse(text)!;
        return new InputButton(_kernel, new InputDevices(_kernel, _kernel.ListInputs).Open(place.Name!, InputAbi.Key, place.Key)!.Value, place, _time, NullLogger.Instance);
    }
}
