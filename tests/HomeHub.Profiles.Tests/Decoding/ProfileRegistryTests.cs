using System.Reflection;
using System.Runtime.CompilerServices;
using HomeHub.Profiles.Tests.Vectors;

namespace HomeHub.Profiles.Tests.Decoding;

/// <summary>A profile that was forgotten somewhere is found here.</summary>
public class ProfileRegistryTests
{
    public static TheoryData<string> ProfileTypes() => new(Types().Select(type => type.FullName!));

    public static TheoryData<string> Characteristics() =>
        new(ProfileRegistry.All.SelectMany(profile => profile.Decoders).Select(decoder => decoder.Characteristic.ToString()));

    [Fact]
    public void There_are_profiles_to_check() => Assert.True(Types().Count() >= 12);

    [Theory]
    [MemberData(nameof(ProfileTypes))]
    public void A_profile_is_registered(string type)
    {
        GattProfile profile = ProfileOf(type);
        Assert.Contains(profile, ProfileRegistry.All);
        Assert.Same(profile, ProfileRegistry.FindProfile(profile.Service));
        Assert.All(profile.Decoders, decoder => Assert.Same(decoder, ProfileRegistry.FindDecoder(decoder.Characteristic)));
    }

    [Theory]
    [MemberData(nameof(ProfileTypes))]
    public void A_profile_has_a_README_that_names_each_characteristic(string type)
    {
        string folder = type.Split('.')[^2];
        string readme = Path.Combine(SourceFolder(), "firmware-profiles", "HomeHub.Profiles", folder, "README.md");
        Assert.True(File.Exists(readme), readme);
        string text = File.ReadAllText(readme);
        Assert.All(ProfileOf(type).Decoders, decoder => Assert.Contains(decoder.Characteristic.ToString(), text, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(ProfileTypes))]
    public void A_profile_names_a_constant_for_each_characteristic(string type)
    {
        BluetoothUuid[] constants = typeof(GattProfile).Assembly.GetType(type)!.GetFields(BindingFlags.Public | BindingFlags.Static)
            .Where(field => (field.IsLiteral || field.IsInitOnly) && field.Name.EndsWith("Uuid", StringComparison.Ordinal))
            .Select(field => field.GetValue(null) is ushort value ? value : (BluetoothUuid)field.GetValue(null)!)
            .ToArray();
        Assert.All(ProfileOf(type).Decoders, decoder => Assert.Contains(decoder.Characteristic, constants));
    }

    [Theory]
    [MemberData(nameof(Characteristics))]
    public void A_characteristic_has_a_vector_that_it_accepts(string characteristic) =>
        Assert.Contains(GattVectors.Valid, vector => vector.Uuid.ToString() == characteristic);

    [Fact]
    public void No_service_and_no_characteristic_is_claimed_twice()
    {
        Assert.Equal(ProfileRegistry.All.Count, ProfileRegistry.All.Select(profile => profile.Service).Distinct().Count());
        BluetoothUuid[] all = ProfileRegistry.All.SelectMany(profile => profile.Decoders).Select(decoder => decoder.Characteristic).ToArray();
        Assert.Equal(all.Length, all.Distinct().Count());
    }

    private static IEnumerable<Type> Types() => typeof(GattProfile).Assembly.GetTypes()
        .Where(type => type is { IsAbstract: true, IsSealed: true } && type.Name.EndsWith("Profile", StringComparison.Ordinal));

    private static GattProfile ProfileOf(string type) =>
        (GattProfile)typeof(GattProfile).Assembly.GetType(type)!.GetField("Profile", BindingFlags.Public | BindingFlags.Static)!.GetValue(null)!;

    private static string SourceFolder([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", ".."));
}
