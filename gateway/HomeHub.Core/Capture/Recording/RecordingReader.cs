using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;
using HomeHub.Core.Peripherals;

namespace HomeHub.Core.Capture.Recording;

/// <summary>A reader that tells of each value that is taken from it.</summary>
internal sealed class RecordingReader(ChannelReader<CharacteristicValue> values, Action<CharacteristicValue> taken) : ChannelReader<CharacteristicValue>
{
    public override bool CanCount => values.CanCount;

    public override int Count => values.Count;

    public override Task Completion => values.Completion;

    public override bool TryRead([MaybeNullWhen(false)] out CharacteristicValue item)
    {
        bool isThere = values.TryRead(out item);
        if (isThere)
        {
            taken(item);
        }

        return isThere;
    }

    public override ValueTask<bool> WaitToReadAsync(CancellationToken cancellationToken = default) => values.WaitToReadAsync(cancellationToken);

    /// <summary>By the reader's own: when the link goes it says so in its own way.</summary>
    public override async ValueTask<CharacteristicValue> ReadAsync(CancellationToken cancellationToken = default)
    {
        CharacteristicValue value = await values.ReadAsync(cancellationToken).ConfigureAwait(false);
        taken(value);
        return value;
    }
}
