using HomeHub.Core.Board;

namespace HomeHub.Hardware;

/// <summary>A part of the board can't be had; <see cref="Exception.Message"/> says why, for a log.</summary>
/// <param name="condition">Why, as a kind.</param>
/// <param name="message">Why, in words.</param>
internal sealed class PlaceException(BoardCondition condition, string message) : Exception(message)
{
    public BoardCondition Condition => condition;

    /// <summary>The kind of an error number.</summary>
    /// <param name="error">A positive error number.</param>
    /// <param name="what">What was tried: <c>/dev/gpiochip0 can't be opened</c>.</param>
    public static PlaceException Of(int error, string what) => error switch
    {
        Kernel.LibC.NotPermitted or Kernel.LibC.AccessDenied => new PlaceException(BoardCondition.NotPermitted, $"{what}: this user may not"),
        Kernel.LibC.Busy => new PlaceException(BoardCondition.Busy, $"{what}: it is in use"),
        Kernel.LibC.NoEntry or Kernel.LibC.NoDevice => new PlaceException(BoardCondition.NotFound, $"{what}: there is no such device"),
        _ => new PlaceException(BoardCondition.Failed, $"{what}: error {error} of the kernel"),
    };
}
