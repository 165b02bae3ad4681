using HomeHub.Simulation.Devices;

namespace HomeHub.Simulator.Tests;

public sealed class TypedStepTests
{
    [Theory]
    [InlineData("measure", ScriptAction.Measure, 1, null, 0)]
    [InlineData("  measure   3 ", ScriptAction.Measure, 3, null, 0)]
    [InlineData("disconnect", ScriptAction.Disconnect, 1, null, 0)]
    [InlineData("disconnect 12", ScriptAction.Disconnect, 1, 12, 0)]
    [InlineData("set-clock -259200", ScriptAction.SetClock, 1, null, -259_200)]
    [InlineData("forget-bonds", ScriptAction.ForgetBonds, 1, null, 0)]
    [InlineData("restart-numbers", ScriptAction.RestartNumbers, 1, null, 0)]
    public void A_line_is_a_step(string line, ScriptAction action, int count, int? afterRecord, double seconds)
    {
        Assert.True(TypedStep.TryParse(line, out ScriptStep? step, out string? error), error);
        Assert.Equal(new ScriptStep { Do = action, Count = count, AfterRecord = afterRecord, OffsetSeconds = seconds }, step);
    }

    [Theory]
    [InlineData("dance", "dance")]
    [InlineData("measure 0", "measure")]
    [InlineData("measure 10001", "measure")]
    [InlineData("measure 1 2", "measure")]
    [InlineData("set-clock", "set-clock")]
    [InlineData("set-clock NaN", "set-clock")]
    [InlineData("forget-bonds 2", "forget-bonds")]
    public void Anything_else_is_named(string line, string named)
    {
        Assert.False(TypedStep.TryParse(line, out _, out string? error));
        Assert.Contains(named, error, StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_line_is_nothing()
    {
        Assert.False(TypedStep.TryParse("  ", out ScriptStep? step, out string? error));
        Assert.Equal((null, null), (step, error));
    }
}
