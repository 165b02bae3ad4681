namespace HomeHub.Profiles.Tests.Readings;

public class BitStatesTests
{
    private static readonly string[] Names = ["zero", "", "two"];

    [Fact]
    public void Only_set_bits_with_a_name_are_events_in_ascending_order() =>
        Assert.Equal([new BitState(0, "zero", true), new BitState(2, "two", true)], BitStates.Events(0xFFFF_FFFF, Names));

    [Theory]
    [InlineData(0u)]
    [InlineData(0xFFFF_FFFAu)]
    public void No_named_bit_no_event(uint set) => Assert.Empty(BitStates.Events(set, Names));

    [Fact]
    public void A_word_and_its_bits_give_the_same_events()
    {
        bool[] set = [true, true, false];
        Assert.Equal(BitStates.Events(set, Names), BitStates.Events(0b011, Names));
    }
}
