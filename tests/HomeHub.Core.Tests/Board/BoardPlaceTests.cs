using HomeHub.Core.Board;

namespace HomeHub.Core.Tests.Board;

public sealed class BoardPlaceTests
{
    [Theory]
    [InlineData("auto")]
    [InlineData("off")]
    [InlineData("gpio:/dev/gpiochip0:17")]
    [InlineData("gpio:/dev/gpiochip12:0,active-low,pull-up")]
    [InlineData("gpio:/dev/my:chip:65535,pull-down")]
    [InlineData("gpio:GPIO17")]
    [InlineData("gpio:front light,active-low")]
    [InlineData("led:homehub:status")]
    [InlineData("input:homehub-button")]
    [InlineData("input:gpio-keys,key=148")]
    public void A_place_is_read_and_written_as_it_stood(string text) => Assert.Equal(text, BoardPlace.TryParse(text)?.ToString());

    [Fact]
    public void A_line_is_given_by_chip_and_offset_or_by_its_name()
    {
        BoardPlace line = BoardPlace.TryParse("gpio:/dev/gpiochip1:9,active-low,pull-up")!;
        Assert.Equal((BoardPlaceKind.Gpio, "/dev/gpiochip1", 9, true, BoardBias.PullUp, null), (line.Kind, line.Chip, line.Offset, line.IsActiveLow, line.Bias, line.Name));
        Assert.Equal((null, "GPIO17"), (BoardPlace.TryParse("gpio:GPIO17")!.Chip, BoardPlace.TryParse("gpio:GPIO17")!.Name));
    }

    [Theory]
    [InlineData("")]
    [InlineData("on")]
    [InlineData("Auto")]
    [InlineData("auto,active-low")]
    [InlineData("gpio:")]
    [InlineData("gpio: ")]
    [InlineData("gpio:/dev/gpiochip0")]
    [InlineData("gpio:/dev/gpiochip0:")]
    [InlineData("gpio:/dev/gpiochip0:-1")]
    [InlineData("gpio:/dev/gpiochip0:65536")]
    [InlineData("gpio:GPIO17,active-high")]
    [InlineData("gpio:GPIO17,active-low,active-low")]
    [InlineData("gpio:GPIO17,pull-up,pull-down")]
    [InlineData("gpio:GPIO17,key=3")]
    [InlineData("led:")]
    [InlineData("led:../../etc")]
    [InlineData("led:..")]
    [InlineData("led:status,active-low")]
    [InlineData("input:button,key=0")]
    [InlineData("input:button,key=768")]
    [InlineData("input:button,key=1,key=2")]
    [InlineData("input:but\u0007ton")]
    [InlineData("usb:1")]
    public void What_is_no_place_is_none(string text) => Assert.Null(BoardPlace.TryParse(text));

    [Fact]
    public void A_place_has_an_end() => Assert.Null(BoardPlace.TryParse("gpio:" + new string('a', BoardPlace.MaxChars)));
}
