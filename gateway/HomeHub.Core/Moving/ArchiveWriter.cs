using System.Buffers.Binary;
using System.Security.Cryptography;

namespace HomeHub.Core.Moving;

/// <summary>Encrypts what is written to it into an archive, frame by frame (<see cref="ArchiveLayout"/>). An archive that <see cref="EndAsync"/> did not end can't be read.</summary>
public sealed class ArchiveWriter : IDisposable
{
    private readonly Stream _to;
    private readonly byte[] _header;
    private readonly AesGcm _cipher;
    private readonly byte[] _plain = new byte[ArchiveLayout.FrameBytes];
    private readonly byte[] _frame = new byte[ArchiveLayout.FrameHeadBytes + ArchiveLayout.FrameBytes + ArchiveLayout.TagBytes];
    private int _filled;
    private long _number = -1;

    /// <summary>Begins an archive.</summary>
    /// <param name="to">Where to; stays open.</param>
    /// <param name="code">The code that will open it.</param>
    public ArchiveWriter(Stream to, TransferCode code)
    {
        ArgumentNullException.ThrowIfNull(code);
        _to = to;
        _header = ArchiveLayout.WriteHeader(code);
        _cipher = ArchiveLayout.OpenCipher(code, _header);
    }

    /// <summary>Adds bytes.</summary>
    public async Task WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellation)
    {
        while (!bytes.IsEmpty)
        {
            if (_filled == _plain.Length)
            {
                await WriteFrameAsync(isLast: false, cancellation).ConfigureAwait(false);
            }

            int part = Math.Min(bytes.Length, _plain.Length - _filled);
            bytes[..part].CopyTo(_plain.AsMemory(_filled));
            _filled += part;
            bytes = bytes[part..];
        }
    }

    /// <summary>Ends it: nothing can be added any more.</summary>
    public Task EndAsync(CancellationToken cancellation) => WriteFrameAsync(isLast: true, cancellation);

    /// <inheritdoc/>
    public void Dispose()
    {
        _cipher.Dispose();
        CryptographicOperations.ZeroMemory(_plain);
    }

    private async Task WriteFrameAsync(bool isLast, CancellationToken cancellation)
    {
        if (_number < 0)
        {
            await _to.WriteAsync(_header, cancellation).ConfigureAwait(false);
        }

        await _to.WriteAsync(_frame.AsMemory(0, Seal(isLast)), cancellation).ConfigureAwait(false);
        _filled = 0;
    }

    private int Seal(bool isLast)
    {
        Span<byte> nonce = stackalloc byte[ArchiveLayout.NonceBytes];
        ArchiveLayout.WriteNonce(nonce, ++_number);
        Span<byte> frame = _frame;
        BinaryPrimitives.WriteUInt32BigEndian(frame, (uint)_filled | (isLast ? ArchiveLayout.LastFrame : 0));
        byte[] about = [.. _header, .. frame[..ArchiveLayout.FrameHeadBytes]];
        _cipher.Encrypt(
            nonce, _plain.AsSpan(0, _filled), frame.Slice(ArchiveLayout.FrameHeadBytes, _filled), frame.Slice(ArchiveLayout.FrameHeadBytes + _filled, ArchiveLayout.TagBytes), about);
        return ArchiveLayout.FrameHeadBytes + _filled + ArchiveLayout.TagBytes;
    }
}
