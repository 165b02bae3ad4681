using System.Buffers;
using HomeHub.Core.Acquisition;
using HomeHub.Fhir.Identity;

namespace HomeHub.Fhir.Writing;

/// <summary>Writes a transaction Bundle by its plan, entry by entry, so that memory does not grow with it.</summary>
internal static class BundleWriter
{
    public static void Write(
        JsonBuffer json, HubFragments hub, IReadOnlyList<AcquiredReading> readings, BundlePlan plan, IBufferWriter<byte> output)
    {
        // The Bundle's own UUID is in the topic; a transaction is no resource that is kept, so it has no id, and a lone reading is short of bytes.
        json.Raw("{\"resourceType\":\"Bundle\",\"type\":\"transaction\",\"entry\":["u8);
        bool first = true;
        if (plan.Patient is { } patient)
        {
            WriteConstant(json, patient.Id, patient.Json, patient.Request, ref first);
        }

        foreach (DeviceFragment device in plan.Devices)
        {
            WriteConstant(json, device.Id, device.Json, device.Request, ref first);
        }

        Flush(json, output);
        foreach ((Guid id, AcquiredReading reading) in plan.ClockChecks)
        {
            Open(json, id, ref first);
            CoincidentTimestampWriter.Write(json, id, reading.ClockCheck!, hub.Of(reading.Device), hub.Gateway);
            json.Raw(","u8);
            CoincidentTimestampWriter.WriteRequest(json, id);
            json.Raw("}"u8);
            Flush(json, output);
        }

        int start = 0;
        for (int r = 0; r < readings.Count; r++)
        {
            RecordContext context = hub.ContextOf(readings[r]);
            ReadOnlySpan<Guid> ids = plan.IdsOf(readings[r], ref start);
            for (int i = 0; i < ids.Length; i++)
            {
                if (ids[i] == Guid.Empty)
                {
                    continue;
                }

                Open(json, ids[i], ref first);
                ObservationWriter.Write(json, context, i, ids);
                json.Raw(","u8);
                ObservationWriter.WriteRequest(json, context, i, ids[i]);
                json.Raw("}"u8);
            }

            Flush(json, output);
        }

        json.Raw("]}"u8);
        Flush(json, output);
    }

    private static void WriteConstant(JsonBuffer json, Guid id, byte[] resource, byte[] request, ref bool first)
    {
        Open(json, id, ref first);
        json.Raw(resource);
        json.Raw(","u8);
        json.Raw(request);
        json.Raw("}"u8);
    }

    private static void Open(JsonBuffer json, Guid id, ref bool first)
    {
        json.Raw(first ? "{\"fullUrl\":\"urn:uuid:"u8 : ",{\"fullUrl\":\"urn:uuid:"u8);
        json.Uuid(id);
        json.Raw("\",\"resource\":"u8);
        first = false;
    }

    private static void Flush(JsonBuffer json, IBufferWriter<byte> output)
    {
        output.Write(json.Span);
        json.Clear();
    }
}
