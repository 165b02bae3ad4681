using System.Reflection;
using HomeHub.Core.Peripherals;
using HomeHub.Core.SelfCheck;
using HomeHub.Testing;
using HomeHub.Testing.Time;

namespace HomeHub.Core.Tests.SelfCheck;

public class AdapterProbeTests
{
    private static readonly CentralState Ready = new(CentralCondition.Ready, "", "hci0 00:11:22:33:44:55"), Away = new(CentralCondition.NoService, "The Bluetooth service does not run.");

    private readonly ManualTime _time = new(SampleReadings.Start);
    private readonly ICentral _central = DispatchProxy.Create<ICentral, ProbedCentral>();

    private ProbedCentral Radio => (ProbedCentral)_central;

    [Fact]
    public async Task A_radio_that_answers_is_good_and_one_that_is_not_ready_is_not_asked()
    {
        Assert.Equal(AdapterProbe.Of(CentralCondition.Ready), await LookAsync());
        Radio.Answer = _ => throw new InvalidOperationException("It was asked.");
        Radio.State = Away;
        Assert.Equal(AdapterProbe.Of(CentralCondition.NoService), await LookAsync());
        Assert.Equal(CheckOutcome.Off, (await new AdapterProbe(null, _time).RunAsync(default)).Outcome);
    }

    [Theory]
    [InlineData(PeripheralFault.TimedOut)]
    [InlineData(PeripheralFault.Failed)]
    public async Task One_that_is_ready_and_answers_with_a_fault_does_not_answer(PeripheralFault fault)
    {
        Radio.Answer = _ => throw new PeripheralException(fault, "there was no answer in time");
        Assert.Equal(new CheckFinding(CheckKind.Adapter, CheckOutcome.Bad, CheckReason.AdapterNotAnswering), await LookAsync());
    }

    [Fact]
    public async Task One_that_says_nothing_at_all_is_waited_for_within_a_limit()
    {
        Radio.Answer = cancellation => Task.Delay(Timeout.InfiniteTimeSpan, cancellation);
        Task<CheckFinding> looking = LookAsync();
        Assert.Equal(AdapterProbe.Limit, _time.UntilNext);
        _time.Advance(AdapterProbe.Limit);
        Assert.Equal(AdapterProbe.Of(CentralCondition.NotAnswering), await looking.WaitAsync(Eventually.Deadline));

        using var stop = new CancellationTokenSource();
        looking = new AdapterProbe(_central, _time).RunAsync(stop.Token);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => looking);
    }

    [Fact]
    public async Task One_that_goes_while_it_is_asked_is_as_it_says_then_or_is_looked_for()
    {
        Radio.Answer = _ => throw new PeripheralException(PeripheralFault.NoRadio, "it went away");
        Assert.Equal(AdapterProbe.Of(CentralCondition.Starting), await LookAsync());
        Radio.Answer = _ =>
        {
            Radio.State = Away;
            throw new PeripheralException(PeripheralFault.TimedOut, "there was no answer in time");
        };
        Assert.Equal(AdapterProbe.Of(CentralCondition.NoService), await LookAsync());
    }

    [Fact]
    public void What_a_radio_says_of_itself_is_told_unless_it_says_that_it_is_ready_and_does_not_answer()
    {
        SelfCheckReport silent = Found(CentralCondition.NotAnswering), good = Found(CentralCondition.Ready);
        CentralState judged = AdapterProbe.Judge(Ready, silent)!;
        Assert.Equal((CentralCondition.NotAnswering, false, Ready.Adapter), (judged.Condition, judged.IsReady, judged.Adapter));
        Assert.NotEmpty(judged.Message);
        Assert.All([good, null, Found(CentralCondition.NoService)], found => Assert.Same(Ready, AdapterProbe.Judge(Ready, found)));
        Assert.Same(Away, AdapterProbe.Judge(Away, silent));
        Assert.Null(AdapterProbe.Judge(null, silent));
    }

    private static SelfCheckReport Found(CentralCondition condition) => SelfCheckReport.Of([AdapterProbe.Of(condition)], null, SampleReadings.Start);

    private Task<CheckFinding> LookAsync() => new AdapterProbe(_central, _time).RunAsync(default);

    /// <summary>A radio that is as a test says, and can only be asked whether it goes on.</summary>
    public class ProbedCentral : DispatchProxy
    {
        public CentralState State { get; set; } = Ready;

        public Func<CancellationToken, Task> Answer { get; set; } = _ => Task.CompletedTask;

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => targetMethod?.Name switch
        {
            "get_" + nameof(ICentral.State) => State,
            nameof(ICentral.ProbeAsync) => Answer((CancellationToken)args![0]!),
            _ => throw new NotSupportedException(targetMethod?.Name),
        };
    }
}
