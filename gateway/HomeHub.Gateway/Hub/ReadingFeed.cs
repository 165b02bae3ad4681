using System.Globalization;
using System.Text;
using HomeHub.Core.Delivery;
using HomeHub.Core.Identity;
using HomeHub.Profiles;

namespace HomeHub.Gateway.Hub;

/// <summary>
/// Tells each step of each reading, a line each, to whoever started the hub (<c>run --show-readings</c>): step, record, characteristic,
/// device model, parted by tabs. No value, patient or address. When nobody listens any more, it falls silent.
/// </summary>
internal sealed class ReadingFeed(Stream output) : IReadingWatcher
{
    /// <summary>What stands in place of a step when a source has ended; the record is then the source's name.</summary>
    public const string SourceEnded = "source-ended";

    private readonly Lock _writing = new();
    private bool _isClosed;

    public void OnStep(ReadingStep step, RecordIdentity record, DeviceDescriptor device, BluetoothUuid characteristic) =>
        Write(NameOf(step), IdOf(record), characteristic.ToString(), device.Information.Model ?? "-");

    /// <summary>A source has given all it had.</summary>
    public void OnSourceEnded(string source) => Write(SourceEnded, source, "-", "-");

    /// <summary>A record's name in the feed.</summary>
    public static string IdOf(RecordIdentity record) => record.High.ToString("x16", CultureInfo.InvariantCulture);

    private static string NameOf(ReadingStep step) => step switch
    {
        ReadingStep.Buffered => "buffered",
        ReadingStep.Local => "local",
        ReadingStep.Withheld => "withheld",
        ReadingStep.Duplicate => "duplicate",
        ReadingStep.Quarantined => "quarantined",
        ReadingStep.Sent => "sent",
        ReadingStep.SentAgain => "sent-again",
        ReadingStep.Receipted => "receipted",
        ReadingStep.Rejected => "rejected",
        _ => throw new ArgumentOutOfRangeException(nameof(step)),
    };

    private void Write(params string[] parts)
    {
        byte[] line = Encoding.UTF8.GetBytes(string.Join('\t', parts.Select(part => part.Replace('\t', ' ').ReplaceLineEndings(" "))) + "\n");
        lock (_writing)
        {
            if (_isClosed)
            {
                return;
            }

            try
            {
                output.Write(line);
                output.Flush();
            }
            catch (IOException)
            {
                // Whoever listened has gone; the hub goes on without.
                _isClosed = true;
            }
        }
    }
}
