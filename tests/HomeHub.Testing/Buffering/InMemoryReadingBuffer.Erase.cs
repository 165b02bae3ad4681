using HomeHub.Core.Acquisition;
using HomeHub.Core.Buffering;
using HomeHub.Core.Identity;

namespace HomeHub.Testing.Buffering;

/// <summary>Erasing.</summary>
public sealed partial class InMemoryReadingBuffer
{
    private int _erasures;

    /// <inheritdoc/>
    public int Erasures => Volatile.Read(ref _erasures);

    /// <inheritdoc/>
    public Task<HeldReadings> CountHeldAsync(PatientReference patient, CancellationToken cancellation)
    {
        lock (_gate)
        {
            Held[] own = [.. _held.Values.Where(held => held.Reading.Patient == patient)];
            return Task.FromResult(new HeldReadings(own.LongCount(held => held.IsHistory), own.LongCount(held => !held.IsHistory)));
        }
    }

    /// <inheritdoc/>
    public Task<ErasedReadings> EraseAsync(PatientReference patient, bool withWaiting, CancellationToken cancellation)
    {
        if (patient.IsNobody)
        {
            throw new ArgumentException("What is nobody's is discarded, not erased.", nameof(patient));
        }

        lock (_gate)
        {
            _erasures++;
            Held[] own = [.. _held.Values.Where(held => held.Reading.Patient == patient)];
            Held[] going = [.. own.Where(held => withWaiting || held.IsHistory)];
            Array.ForEach(going, Remove);
            int payloads = Quarantined.Count(rejected => rejected.Patient == patient);
            EraseQuarantined(patient);
            return Task.FromResult(new ErasedReadings(going.Length, own.Length - going.Length, payloads));
        }
    }

    private void EraseQuarantined(PatientReference patient)
    {
        foreach (RejectedPayload rejected in Quarantined.ToArray())
        {
            Quarantined.TryDequeue(out _);
            if (rejected.Patient != patient)
            {
                Quarantined.Enqueue(rejected);
                continue;
            }

            _quarantine.Remove(KeyOf(rejected));
        }
    }
}
