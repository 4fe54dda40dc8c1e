package io.millrace.destination.files;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.catalogue.ConfigValues;
import io.millrace.http.ApiProblem;
import io.millrace.objectstore.ObjectName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The keys that say what files are made, whatever the store. */
final class FileKeys {
    static final String CONNECTOR_CLASS = "io.millrace.connect.sinks.files.FilesSinkConnector";
    static final String PREFIX = "file.name.prefix";
    static final String COMPRESSION = "file.compression.type";
    static final String INTERVAL = "file.flush.interval.ms";

    private static final String TEMPLATE = "file.name.template";
    private static final String FORMAT = "format.user.defined";
    private static final String FIELDS = "format.output.fields.user.defined";

    /** Not in the catalogue: the formats that it does not know, by the names of the sink. */
    private static final String MORE_FORMATS = "format.output.type";

    private static final List<String> KNOWN_FORMATS = List.of("jsonl", "json", "csv", "avro", "parquet");
    private static final List<String> KNOWN_FIELDS =
            List.of("key", "value", "offset", "timestamp", "headers", "topic", "partition");

    /** Not in the catalogue: when a file is full. Least values beside them. */
    private static final Map<String, Long> LIMITS =
            Map.of("file.max.records", 1L, "file.max.bytes", 1_000L, INTERVAL, 100L);

    private static final Map<String, String> FORMATS = Map.of(
            "JSON Lines", "jsonl",
            "JSON Array", "json",
            "CSV", "csv",
            "Parquet", "parquet");

    private FileKeys() {}

    /**
     * Refuses what cannot be done.
     *
     * @param more keys that are handed to the worker as they are, and are no secrets
     */
    static void check(ConfigValues config, String... more) {
        Stream.concat(Stream.of(TEMPLATE, PREFIX), Stream.of(more)).forEach(key -> {
            // The worker would take it for a reference to a secret, and put that into names of files.
            if (text(config, key).contains("${")) {
                throw new ApiProblem.BadRequest("'" + key + "' must not hold '${'");
            }
        });
        try {
            ObjectName.of(text(config, TEMPLATE));
        } catch (IllegalArgumentException e) {
            throw new ApiProblem.BadRequest("'" + TEMPLATE + "' " + e.getMessage());
        }
        oneOf(MORE_FORMATS, config.text(MORE_FORMATS), KNOWN_FORMATS);
        for (String field : fields(config)) {
            oneOf(FIELDS, Optional.of(field), KNOWN_FIELDS);
        }
        LIMITS.forEach((key, least) -> config.text(key).ifPresent(given -> {
            if (!given.matches("[0-9]{1,10}") || Long.parseLong(given) < least) {
                throw new ApiProblem.BadRequest(
                        "'" + key + "' must be a whole number of at least " + least + ", not '" + given + "'");
            }
        }));
    }

    static Map<String, String> properties(ConfigValues config) {
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put(MORE_FORMATS, config.text(MORE_FORMATS).orElseGet(() -> format(text(config, FORMAT))));
        properties.put(COMPRESSION, text(config, COMPRESSION));
        properties.put(TEMPLATE, text(config, TEMPLATE));
        properties.put(PREFIX, text(config, PREFIX));
        List<String> fields = fields(config);
        properties.put("format.output.fields", fields.isEmpty() ? "value" : String.join(",", fields));
        LIMITS.keySet().stream().sorted().forEach(key -> config.text(key)
                .ifPresent(given -> properties.put(key, given)));
        return properties;
    }

    /** Returns the sink's name of a format. Azure's catalogue has the names of the sink. */
    private static String format(String given) {
        return FORMATS.getOrDefault(given, KNOWN_FORMATS.contains(given) ? given : "json");
    }

    private static List<String> fields(ConfigValues config) {
        List<String> fields = new ArrayList<>();
        config.effective(FIELDS)
                .filter(JsonNode::isArray)
                .ifPresent(given -> given.forEach(one -> fields.add(one.asText())));
        return fields;
    }

    private static void oneOf(String key, Optional<String> given, List<String> known) {
        if (given.isPresent() && !known.contains(given.get())) {
            throw new ApiProblem.BadRequest(
                    "'" + key + "' must be one of " + String.join(", ", known) + ", not '" + given.get() + "'");
        }
    }

    static String text(ConfigValues config, String key) {
        return config.text(key).orElse("");
    }
}
