package io.millrace.destination;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.catalogue.ConfigKey;
import io.millrace.catalogue.ConfigValues;
import io.millrace.connector.NameList;
import io.millrace.connector.TransformChain;
import io.millrace.http.ApiProblem;
import io.millrace.http.Json;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Refuses keys of transformations that say nothing that could be done. */
final class TransformRules {
    static final String RENAMES = "transforms.RenameFields.renames.user.defined";
    static final String TOPIC_PATTERN = "transforms.changeTopicName.match.regex.user.defined";

    static final String MAPPING = "transforms.changeTopicName.mapping";
    private static final String COPIES = "transforms.CopyField.copy.field.mapping";
    private static final String HEADERS = "transforms.HeaderToFieldCustom.header.mappings";
    private static final String REPLACED = "transforms.StringReplace.fields.include.list";
    private static final String PATTERNS = "transforms.StringReplace.regex.patterns";
    private static final String REPLACEMENTS = "transforms.StringReplace.replacement.values";
    private static final String OPTIONAL = "transforms.MarkColumnsAsOptional.fields.include.list";

    private static final List<String> COLUMN_LISTS = List.of(
            "transforms.ToIntJ.fields.include.list",
            "transforms.ToFloatJ.fields.include.list",
            "transforms.ToDecimalJ.fields.include.list",
            "transforms.ToStringJ.fields.include.list",
            "transforms.ToJsonJ.fields.include.list",
            "transforms.ToJsonbJ.fields.include.list",
            REPLACED,
            "transforms.AddStringSuffix.fields.include.list",
            "transforms.DropFields.fields.include.list");

    private static final Set<String> HEADER_TYPES =
            Set.of("BOOLEAN", "INT8", "INT16", "INT32", "INT64", "FLOAT32", "FLOAT64", "STRING");

    private TransformRules() {}

    static void check(ConfigValues config) {
        checkReferences(config);
        COLUMN_LISTS.forEach(key -> TransformChain.checkColumns(config, key));
        TransformChain.checkSizeLimit(config);
        if (!config.textInEffect(OPTIONAL).map(String::strip).equals(Optional.of("*"))) {
            TransformChain.checkColumns(config, OPTIONAL);
        }
        checkReplacements(config);
        checkRenames(config);
        checkCopies(config);
        checkHeaders(config);
        checkRouter(config, "TopicRegexRouter1");
        checkRouter(config, "TopicRegexRouter2");
        config.textInEffect(TOPIC_PATTERN).ifPresent(text -> TransformChain.pattern(TOPIC_PATTERN, text));
        checkMapping(config);
    }

    /** Workers resolve references in properties; a client must not be able to write one. */
    private static void checkReferences(ConfigValues config) {
        for (ConfigKey key : config.connector().keys()) {
            if (key.name().startsWith("transforms.")
                    && config.text(key.name()).orElse("").contains("${")) {
                throw new ApiProblem.BadRequest("'" + key.name()
                        + "' must not hold '${'; write \\$\\{ in a pattern, and name a group by its number");
            }
        }
    }

    private static void checkReplacements(ConfigValues config) {
        if (config.textInEffect(REPLACED).isEmpty()) {
            return;
        }
        String[] patterns = config.textInEffect(PATTERNS)
                .orElseThrow(() -> new ApiProblem.BadRequest(
                        "'" + PATTERNS + "' is missing; columns in which text is replaced need at least one pattern"))
                .split(",", -1);
        String[] replacements = config.textInEffect(REPLACEMENTS).orElse("").split(",", -1);
        if (patterns.length != replacements.length) {
            throw new ApiProblem.BadRequest("'" + REPLACEMENTS + "' has " + replacements.length + " items and '"
                    + PATTERNS + "' " + patterns.length
                    + "; each pattern needs one replacement, and a comma cannot be part of either");
        }
        for (int i = 0; i < patterns.length; i++) {
            checkReplacement(PATTERNS, patterns[i], REPLACEMENTS, replacements[i]);
        }
    }

    private static void checkRouter(ConfigValues config, String name) {
        String regex = TransformChain.key(name, "regex");
        String replacement = TransformChain.key(name, "replacement");
        config.textInEffect(regex)
                .ifPresent(text -> checkReplacement(
                        regex,
                        text,
                        replacement,
                        config.textInEffect(replacement).orElse("")));
    }

    private static void checkReplacement(String patternKey, String pattern, String key, String replacement) {
        TransformChain.pattern(patternKey, pattern);
        try {
            // The alternative lets it match nothing at all, with the groups that it has.
            Pattern.compile(pattern + "|").matcher("").replaceFirst(replacement);
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new ApiProblem.BadRequest(
                    "'" + key + "' holds '" + replacement + "', which does not fit the pattern '" + pattern + "': "
                            + e.getMessage() + "; write \\$ for a dollar sign and \\\\ for a backslash");
        }
    }

    private static void checkRenames(ConfigValues config) {
        config.textInEffect(RENAMES).ifPresent(text -> {
            for (Map.Entry<String, JsonNode> member : object(text).properties()) {
                String column = member.getKey();
                String name = member.getValue().asText().strip();
                if (!member.getValue().isTextual() || name.isEmpty() || column.isBlank() || column.endsWith(".")) {
                    throw new ApiProblem.BadRequest("'" + RENAMES + "' gives the column '" + column + "' no new name;"
                            + " write {\"table.column\": \"new_name\"}");
                }
            }
        });
    }

    private static JsonNode object(String text) {
        try {
            JsonNode json = Json.mapper().readTree(text);
            if (json.isObject()) {
                return json;
            }
        } catch (JsonProcessingException e) {
            throw new ApiProblem.BadRequest("'" + RENAMES + "' is no JSON: " + e.getOriginalMessage()
                    + "; write {\"table.column\": \"new_name\"}");
        }
        throw new ApiProblem.BadRequest("'" + RENAMES + "' is no JSON object; write {\"table.column\": \"new_name\"}");
    }

    private static void checkCopies(ConfigValues config) {
        for (String pair : NameList.split(config.textInEffect(COPIES))) {
            int colon = pair.lastIndexOf(':');
            if (pair.substring(0, Math.max(0, colon)).isBlank()
                    || pair.substring(colon + 1).isBlank()) {
                throw new ApiProblem.BadRequest("'" + COPIES + "' holds '" + pair + "'; a copy is written old:new");
            }
        }
    }

    private static void checkHeaders(ConfigValues config) {
        for (String item : NameList.split(config.textInEffect(HEADERS))) {
            String[] parts = item.split(":", -1);
            if (parts.length < 2 || parts.length > 3 || parts[0].isBlank() || parts[parts.length - 1].isBlank()) {
                throw new ApiProblem.BadRequest("'" + HEADERS + "' holds '" + item
                        + "'; a header is written header:TYPE, or header:TYPE:column");
            }
            if (!HEADER_TYPES.contains(parts[1].strip().toUpperCase(Locale.ROOT))) {
                throw new ApiProblem.BadRequest("'" + HEADERS + "' holds the type '" + parts[1].strip()
                        + "'; it can be "
                        + String.join(", ", HEADER_TYPES.stream().sorted().toList()));
            }
        }
    }

    private static void checkMapping(ConfigValues config) {
        config.textInEffect(MAPPING).stream().flatMap(String::lines).forEach(line -> {
            int colon = line.indexOf(':');
            boolean whole = colon > 0
                    && !line.substring(0, colon).isBlank()
                    && !line.substring(colon + 1).isBlank();
            if (!whole && !line.isBlank()) {
                throw new ApiProblem.BadRequest("'" + MAPPING + "' holds the line '" + line.strip()
                        + "'; a line is written source_table:target_table");
            }
        });
    }
}
