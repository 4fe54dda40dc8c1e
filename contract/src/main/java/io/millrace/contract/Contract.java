package io.millrace.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** Reads the contract's files from the class path. Every answer is a fresh tree that the caller may change. */
public final class Contract {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    private Contract() {}

    /** Returns the OpenAPI document of the whole API, whether or not an operation is implemented. */
    public static JsonNode openApi() {
        return read(YAML, "openapi.yaml").orElseThrow();
    }

    /**
     * Returns the catalogue entry of a connector.
     *
     * @param kind {@code source}, {@code destination} or {@code transform}
     * @param code connector code, for example {@code postgresql}; anything but lower-case letters, digits and
     *     underscores is unknown
     */
    public static Optional<JsonNode> connector(String kind, String code) {
        if (!code.matches("[a-z0-9_]+")) {
            return Optional.empty();
        }
        return read(JSON, "connectors/" + kind + "-" + code + ".json");
    }

    /** Returns requests of a wrong shape, each with the answer that the API gives, one JSON object a line. */
    public static List<JsonNode> validationExamples() {
        try (InputStream in = open("validation-examples.jsonl").orElseThrow()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(Contract::parse)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode parse(String line) {
        try {
            return JSON.readTree(line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<JsonNode> read(ObjectMapper mapper, String name) {
        Optional<InputStream> found = open(name);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        try (InputStream in = found.get()) {
            return Optional.of(mapper.readTree(in));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<InputStream> open(String name) {
        return Optional.ofNullable(Contract.class.getResourceAsStream(name));
    }
}
