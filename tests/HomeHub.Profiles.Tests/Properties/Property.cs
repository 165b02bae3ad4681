using System.Globalization;
using System.Security.Cryptography;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.FSharp.Core;

namespace HomeHub.Profiles.Tests.Properties;

/// <summary>Runs a property over many generated cases. The seed of a failure is printed and can be given back to see it again.</summary>
internal static class Property
{
    private const string SeedVariable = "HOMEHUB_PROPERTY_SEED";

    public static void Holds<T>(Arbitrary<T> cases, int count, Action<T> property)
    {
        ulong seed = ulong.TryParse(Environment.GetEnvironmentVariable(SeedVariable), NumberStyles.None, CultureInfo.InvariantCulture, out ulong given)
            ? given
            : BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(8));
        Config config = Config.QuickThrowOnFailure
            .WithMaxTest(count)
            .WithQuietOnSuccess(true)
            .WithReplay(FSharpOption<Replay>.Some(new Replay(new Rnd(seed), FSharpOption<int>.None)));
        try
        {
            Check.One(config, Prop.ForAll(cases, property));
        }
        catch (Exception failure)
        {
            throw new InvalidOperationException($"run again with {SeedVariable}={seed}", failure);
        }
    }
}
