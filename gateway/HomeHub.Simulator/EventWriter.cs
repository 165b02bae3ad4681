using System.Globalization;
using System.Text;
using System.Text.Json;
using HomeHub.Simulation.Devices;

namespace HomeHub.Simulator;

/// <summary>Writes what happens as a JSON object a line. The values are simulated, so they may be seen.</summary>
internal sealed class EventWriter(TextWriter output)
{
    private readonly Lock _lock = new();

    public void Write(DeviceEvent happened) => WriteLine(happened.At, happened.Name, json =>
    {
        if (happened.Characteristic != 0)
        {
            json.WriteString("characteristic", happened.Characteristic.ToString("X4", CultureInfo.InvariantCulture));
        }

        if (happened.Octets is { } octets)
        {
            json.WriteString("octets", Convert.ToHexString(octets));
        }
    });

    public void WritePasskey(DateTimeOffset at, uint passkey) =>
        WriteLine(at, "passkey", json => json.WriteString("passkey", passkey.ToString("D6", CultureInfo.InvariantCulture)));

    public void WriteStart(DateTimeOffset at, int seed) => WriteLine(at, "started", json => json.WriteNumber("seed", seed));

    private void WriteLine(DateTimeOffset at, string name, Action<Utf8JsonWriter> write)
    {
        using var line = new MemoryStream();
        using (var json = new Utf8JsonWriter(line))
        {
            json.WriteStartObject();
            json.WriteString("at", at.ToString("yyyy-MM-dd'T'HH:mm:ss.fffK", CultureInfo.InvariantCulture));
            json.WriteString("event", name);
            write(json);
            json.WriteEndObject();
        }

        lock (_lock)
        {
            output.WriteLine(Encoding.UTF8.GetString(line.ToArray()));
            output.Flush();
        }
    }
}
