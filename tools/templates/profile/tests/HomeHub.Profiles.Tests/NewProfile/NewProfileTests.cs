using HomeHub.Profiles.NewProfile;
using HomeHub.Profiles.Tests.Vectors;

namespace HomeHub.Profiles.Tests.NewProfile;

/// <summary>Each of these fails until its part of the profile is written. That it stands in the registry is held by ProfileRegistryTests.</summary>
public class NewProfileTests
{
    /// <summary>TODO: octets of one whole record with all that its flags promise, and where they come from: a specification or a capture.</summary>
    private const string Whole = "";

    [Fact]
    public void A_record_is_read_field_by_field()
    {
        Assert.True(NewProfileMeasurement.TryDecode(Payload.Octets(Whole), out NewProfileMeasurement measurement, out _));

        // TODO: a line for each field, with the value that the source says.
        Assert.NotEqual(default, measurement);
    }

    [Fact]
    public void A_record_becomes_a_reading() => Assert.NotEmpty(Payload.Reading(NewProfileProfile.MeasurementUuid, Whole).Values);

    [Fact]
    public void The_payload_is_whole_only_as_it_is() => Payload.MustBeWholeOnlyAsItIs(NewProfileProfile.MeasurementUuid, Whole);

    [Fact]
    public void There_are_vectors_from_outside() =>
        Assert.Contains(GattVectors.All, vector => vector.IsGatt && vector.Uuid == NewProfileProfile.MeasurementUuid);

    [Fact]
    public void The_readme_says_what_becomes_of_it()
    {
        string? root = AppContext.BaseDirectory;
        while (root is not null && !File.Exists(Path.Combine(root, "HomeHub.sln")))
        {
            root = Path.GetDirectoryName(root);
        }

        string readme = File.ReadAllText(Path.Combine(root!, "firmware-profiles", "HomeHub.Profiles", "NewProfile", "README.md"));
        Assert.DoesNotContain("TO" + "DO", readme, StringComparison.Ordinal);
    }
}
