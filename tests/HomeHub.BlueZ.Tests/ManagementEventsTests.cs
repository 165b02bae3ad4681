using HomeHub.BlueZ.Bonds;
using HomeHub.Core.Peripherals;

namespace HomeHub.BlueZ.Tests;

/// <summary>Octets as doc/mgmt-api.txt of BlueZ lays them out.</summary>
public sealed class ManagementEventsTests
{
    [Theory]
    [InlineData("0A00 0000 0A00 01 010000EEFFC0 02 03", 3, false)]
    [InlineData("0C00 0000 0800 010000EEFFC0 01 04", null, true)]
    [InlineData("1100 0000 0800 010000EEFFC0 01 05", null, true)]
    public void Keys_and_failures_are_read(string hex, int? key, bool isFailure)
    {
        var heard = Assert.NotNull(ManagementEvents.Read(Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal))));
        Assert.Equal(new KernelEvent(0, "C0:FF:EE:00:00:01", isFailure, (byte?)key), heard);
    }

    [Theory]
    [InlineData("0C00 0000 0800 010000EEFFC0 01 03")]
    [InlineData("0C00 0000 0800 0100")]
    [InlineData("0A00")]
    [InlineData("0500 0000 0000")]
    public void The_rest_is_passed_over(string hex) =>
        Assert.Null(ManagementEvents.Read(Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal))));

    [Theory]
    [InlineData("[LongTermKey]\nAuthenticated=2\n", BondSecurity.SecureConnections)]
    [InlineData("[General]\nAuthenticated=3\n[PeripheralLongTermKey]\nAuthenticated=3\n", BondSecurity.SecureConnectionsAuthenticated)]
    [InlineData("[LongTermKey]\nAuthenticated=0\n", BondSecurity.Legacy)]
    [InlineData("[General]\nAuthenticated=3\n", BondSecurity.Unknown)]
    public void The_kind_of_a_bond_is_read_from_the_file_where_it_may_be(string text, BondSecurity expected)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("homehub-bonds-");
        try
        {
            string bond = Path.Combine(folder.FullName, "00:11:22:33:44:55", "C0:FF:EE:00:00:01");
            Directory.CreateDirectory(bond);
            File.WriteAllText(Path.Combine(bond, "info"), text);
            Assert.Equal(expected, BondFile.Read(folder.FullName, "00:11:22:33:44:55", "C0:FF:EE:00:00:01"));
            Assert.Equal(BondSecurity.Unknown, BondFile.Read(folder.FullName, "00:11:22:33:44:55", "C0:FF:EE:00:00:02"));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
