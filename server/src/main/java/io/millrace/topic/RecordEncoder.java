package io.millrace.topic;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.http.ApiProblem;
import io.millrace.http.Caller;
import io.millrace.http.Json;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;

/** Turns JSON into bytes, in the format that a client names. */
final class RecordEncoder {
    private final TopicSchemas schemas;

    RecordEncoder(TopicSchemas schemas) {
        this.schemas = schemas;
    }

    /**
     * Returns the bytes of a key or a value; nothing for null.
     *
     * @param subject whose newest schema Avro is written with
     */
    Optional<byte[]> encode(Caller caller, String subject, TopicRequests.Format format, JsonNode value) {
        if (value.isNull()) {
            return Optional.empty();
        }
        return Optional.of(
                switch (format) {
                    case STRING ->
                        (value.isValueNode() ? value.asText() : value.toString()).getBytes(StandardCharsets.UTF_8);
                    case JSON -> json(value);
                    case BYTEARRAY -> bytes(value);
                    case AVRO -> avro(caller, subject, value);
                    case JSON_SCHEMA, PROTOBUF ->
                        throw new ApiProblem.BadRequest("Messages cannot be written as '" + format.wireName()
                                + "': the registry holds schemas of Avro only; use avro, json, string or bytearray");
                });
    }

    private static byte[] json(JsonNode value) {
        try {
            return Json.mapper().writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("what was read as JSON can be written", e);
        }
    }

    private static byte[] bytes(JsonNode value) {
        try {
            if (value.isTextual()) {
                return value.binaryValue();
            }
        } catch (IOException e) {
            // Refused below, with every other value that is no bytes.
        }
        throw new ApiProblem.BadRequest("A bytearray has to be a text in Base64");
    }

    private byte[] avro(Caller caller, String subject, JsonNode value) {
        TopicSchemas.Registered registered = schemas.newest(caller, subject)
                .orElseThrow(() -> new ApiProblem.BadRequest("Subject '" + subject
                        + "' has no schema to write Avro with; register one, or choose another format"));
        try {
            Schema schema = new Schema.Parser().parse(registered.text());
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            DataOutputStream out = new DataOutputStream(bytes);
            out.writeByte(0);
            out.writeInt(registered.id());
            BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
            new GenericDatumWriter<>(schema).write(JsonAvro.of(value, schema), encoder);
            encoder.flush();
            return bytes.toByteArray();
        } catch (JsonAvro.MismatchException | AvroRuntimeException e) {
            throw new ApiProblem.BadRequest(
                    "The newest schema of subject '" + subject + "' does not fit: " + e.getMessage());
        } catch (IOException e) {
            throw new UncheckedIOException("memory takes all bytes", e);
        }
    }
}
