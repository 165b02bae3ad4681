using System.CommandLine;
using HomeHub.Core.Identity;
using HomeHub.Core.People;
using HomeHub.Core.Peripherals;
using HomeHub.Core.Setup;
using HomeHub.Gateway.Configuration;
using HomeHub.Gateway.Hub;
using HomeHub.Gateway.Logging;
using HomeHub.Profiles.UserData;

namespace HomeHub.Gateway.Commands.Devices;

/// <summary>Options that the commands for devices share, and how they come to a radio.</summary>
internal static class DeviceOptions
{
    /// <summary>Longest wait for the radio of a command that a person looks at.</summary>
    public static readonly TimeSpan RadioLimit = TimeSpan.FromSeconds(10);

    /// <summary>How much longer it waits while nobody knows yet whether there is a radio.</summary>
    public static readonly TimeSpan SlowRadioLimit = TimeSpan.FromSeconds(20);

    public static Option<string?> Adapter() => new("--adapter")
    {
        Description = "Bluetooth adapter, by name (hci0) or address (key bluetooth.adapter). Without it: the first one.", HelpName = "ADAPTER",
    };

    public static Option<bool> Json() => new("--json") { Description = "For scripts: one JSON object a line." };

    public static Option<bool> All() => new("--all") { Description = "Shows everything that advertises, not only what offers a health service or has a name of the catalogue." };

    public static Argument<string> Address() => new("address") { Description = "Bluetooth device address, as devices scan shows it.", HelpName = "ADDRESS" };

    /// <summary>The user slot of a device that several people use.</summary>
    public static Option<int?> User() => new("--user")
    {
        Description = "The number under which the device keeps this person's records, 0 to 254, where several people use it.", HelpName = "N",
    };

    /// <summary>The code of a user of a device that asks for one.</summary>
    public static Option<int?> ConsentCode() => new("--consent-code")
    {
        Description = "The code that the device asks for before it tells this user's records, 0 to 9999, as set or shown at the device (with --user).", HelpName = "CODE",
    };

    /// <summary>The user's code; null: none.</summary>
    /// <exception cref="UsageException">It is none, or whose it is was not said.</exception>
    public static ushort? ReadConsentCode(int? code, byte? slot) => code switch
    {
        null => null,
        _ when slot is null => throw new UsageException("--consent-code goes with --user: it is the code of that user."),
        >= 0 and <= UserControlPoint.MaxConsentCode => (ushort)code,
        _ => throw new UsageException($"--consent-code must be 0 to {UserControlPoint.MaxConsentCode}."),
    };

    /// <summary>The slot that is asked for; null for the whole device.</summary>
    /// <exception cref="UsageException">No device has such a number for a user it knows.</exception>
    public static byte? ReadUser(int? number) => number switch
    {
        null => null,
        >= 0 and <= UserSlot.MaxUserIndex => (byte)number,
        UserSlot.UnknownUser => throw new UsageException("--user must be 0 to 254: 255 is the user whom the device does not know, and nobody's."),
        _ => throw new UsageException("--user must be 0 to 254."),
    };

    /// <summary>Since when the device is the person's.</summary>
    public static Option<string?> Since() => new("--since")
    {
        Description = "Since when the person has used the device: a date, 2026-03-01, or a time with its offset. For a device that comes along with its person, "
            + "so that what it has stored is the person's too. Without it: from now on, which the hub's clock must be able to tell.",
        HelpName = "DATE",
    };

    /// <summary>Since when the device is the person's; null: from now on. A date begins where the clock on the wall says so.</summary>
    /// <param name="text">What was said.</param>
    /// <param name="time">The clock.</param>
    /// <param name="isClockKnown">Whether it is right: from an unknown one no "now" is taken, and what was said can't be compared with it.</param>
    /// <exception cref="UsageException">It is no date, or not over yet.</exception>
    public static DateTimeOffset? ReadSince(string? text, TimeProvider time, bool isClockKnown)
    {
        if (text is null)
        {
            return null;
        }

        if (!HubOptions.TryReadDayOrTime(text, time, out DateTimeOffset since))
        {
            throw new UsageException("--since must be a date, 2026-03-01, or a time with its offset, 2026-03-01T08:00+01:00.");
        }

        return !isClockKnown || since <= time.GetUtcNow() ? since.ToUniversalTime() : throw new UsageException("--since must not be in the future.");
    }

    /// <summary>Since when it is the person's: as was said, or now by a clock that is known.</summary>
    /// <exception cref="CommandFailedException">Nothing was said, and the hub does not know its time: "now" would be noted wrong for ever.</exception>
    public static DateTimeOffset ChooseSince(DateTimeOffset? since, TimeProvider time, bool isClockKnown) =>
        since ?? (isClockKnown ? time.GetUtcNow() : throw ClockNotKnown());

    /// <summary>What is said where "now" can't be noted.</summary>
    public static CommandFailedException ClockNotKnown() => new(
        "The hub does not know its time yet: its clock was not synchronised since the system started. From when on the device is the person's would be noted "
        + "wrong for ever. Wait until it is (timedatectl shows it), or say it: --since 2026-03-01T08:00+01:00. A site whose clock is right without sets clock.trust "
        + "and names its --config.");

    /// <summary>What is said where a device, or a slot of it, can't have been a person's before now.</summary>
    public static UsageException WasSomebodyElses(string address, RegisteredDevice? before, byte? slot)
    {
        string whose = before is not null && DevicePeople.Predecessor(before, slot) is { } predecessor ? $"{predecessor.Key}'s" : "somebody else's";
        return new UsageException($"{address} was {whose} until now: --since can't make what it measured then somebody else's.");
    }

    /// <summary>The address in the form in which it is kept.</summary>
    /// <exception cref="UsageException">It is none.</exception>
    public static string ReadAddress(string text)
    {
        string address = text.ToUpperInvariant();
        bool fits = address.Length == 17 && address.Split(':') is { Length: 6 } octets
            && octets.All(octet => octet.Length == 2 && octet.All(char.IsAsciiHexDigit));
        return fits ? address : throw new UsageException("ADDRESS must be six octets in hex: C0:FF:EE:00:00:01.");
    }

    /// <summary>The adapter that is asked for, or configured; null for the first one.</summary>
    public static string? ChooseAdapter(string? option, HubConfiguration configuration) => option ?? configuration.Bluetooth.Adapter;

    /// <summary>Runs <paramref name="work"/> with a radio that is ready, beside a hub that may be running.</summary>
    /// <exception cref="CommandFailedException">The radio did not become ready; the message says why.</exception>
    public static async Task<int> WithCentralAsync(
        CommandIo io, string? adapter, Func<ICentral, Task<int>> work, CancellationToken cancellation)
    {
        using var loggers = new LineLoggerFactory(io.Error, Microsoft.Extensions.Logging.LogLevel.Warning, false, io.Time);
        ICentral central = Adapters.OpenCentral(adapter, isHub: false, loggers, io.Time);
        await using (central.ConfigureAwait(false))
        {
            await WaitReadyAsync(central, io.Time, cancellation).ConfigureAwait(false);
            return await work(central).ConfigureAwait(false);
        }
    }

    /// <summary>Waits for the radio, at most <see cref="RadioLimit"/>; while it is still being looked for, at most <see cref="SlowRadioLimit"/> more.</summary>
    /// <exception cref="CommandFailedException">It did not become ready; the message says why.</exception>
    public static async Task WaitReadyAsync(ICentral central, TimeProvider time, CancellationToken cancellation)
    {
        foreach (TimeSpan limit in (TimeSpan[])[RadioLimit, SlowRadioLimit])
        {
            try
            {
                await central.WaitReadyAsync(cancellation).WaitAsync(limit, time, cancellation).ConfigureAwait(false);
                return;
            }
            catch (TimeoutException) when (limit == RadioLimit && central.State.Condition == CentralCondition.Starting)
            {
                // A board that has just started, or is busy, has not said yet whether there is a radio.
            }
            catch (TimeoutException)
            {
                throw new CommandFailedException(central.State.Message is { Length: > 0 } why ? why : "The Bluetooth adapter does not become ready.");
            }
        }
    }
}
