package io.millrace.connector;

import io.millrace.catalogue.ConfigValues;
import io.millrace.http.ApiProblem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * The transformations of a connector, put together in their order. A transformation has the name that the client's keys
 * give it ({@code transforms.DropFields.fields.include.list}), and so have most of its options.
 */
public final class TransformChain {
    /** Where the transformations of ours are. */
    public static final String PACKAGE = "io.millrace.connect.transforms.";

    private static final String SIZE_LIMIT = "OversizedRecords";
    private static final String COLUMNS = "fields.include.list";

    private final ConfigValues config;
    private final Map<String, String> properties = new LinkedHashMap<>();
    private final List<String> names = new ArrayList<>();
    private final Set<String> predicates = new LinkedHashSet<>();

    public TransformChain(ConfigValues config) {
        this.config = config;
    }

    /** Returns the key of a client for an option of a transformation. */
    public static String key(String name, String option) {
        return "transforms." + name + "." + option;
    }

    /** Appends a transformation, with those of the options that keys of the same names have values for. */
    public TransformChain add(String name, String type, String... options) {
        names.add(name);
        properties.put(key(name, "type"), type);
        for (String option : options) {
            config.textInEffect(key(name, option)).ifPresent(text -> option(option, text));
        }
        return this;
    }

    /** Appends a transformation when the key for the first option has a value. */
    public TransformChain addWhereSet(String name, String type, String... options) {
        return config.textInEffect(key(name, options[0])).isPresent() ? add(name, type, options) : this;
    }

    /** Appends what cuts large values, when columns are named for it. */
    public TransformChain addSizeLimit() {
        if (!limitsSizes()) {
            return this;
        }
        return add(
                        SIZE_LIMIT,
                        PACKAGE + "LimitFieldSize",
                        COLUMNS,
                        "fields.exclude.list",
                        "max.field.size.bytes",
                        "oversized.field.behavior",
                        "truncation.suffix",
                        "max.record.size.bytes",
                        "semantic.types.exclude")
                .replacingNulls();
    }

    /** Returns whether large values are cut. */
    public boolean limitsSizes() {
        return config.textInEffect(key(SIZE_LIMIT, COLUMNS)).isPresent();
    }

    /** Sets an option of the transformation that was appended last. */
    public TransformChain option(String option, String value) {
        properties.put(key(last(), option), value);
        return this;
    }

    /** Says, for the last one, whether a null is read as a default. The converters never do it; the client says it here. */
    public TransformChain replacingNulls() {
        String option = "replace.null.with.default";
        return option(
                option, String.valueOf(!config.isTrue("preserve.null.values") && config.isTrue(key(last(), option))));
    }

    /** Lets the last one see only records of which a predicate of this chain is true. */
    public TransformChain guardedBy(String predicate) {
        predicates.add(predicate);
        return option("predicate", predicate);
    }

    private String last() {
        return names.get(names.size() - 1);
    }

    /** Returns the names of the predicates in use; what they are is not said yet. */
    public Set<String> predicates() {
        return Set.copyOf(predicates);
    }

    /** Returns all of it as properties; none for an empty chain. */
    public Map<String, String> properties() {
        Map<String, String> all = new LinkedHashMap<>(properties);
        if (!names.isEmpty()) {
            all.put("transforms", String.join(",", names));
        }
        if (!predicates.isEmpty()) {
            all.put("predicates", String.join(",", predicates));
        }
        return all;
    }

    /** Refuses lists of the size limit that do not name columns. */
    public static void checkSizeLimit(ConfigValues config) {
        checkColumns(config, key(SIZE_LIMIT, COLUMNS));
        checkColumns(config, key(SIZE_LIMIT, "fields.exclude.list"));
    }

    /** Refuses a list that does not name columns. */
    public static void checkColumns(ConfigValues config, String key) {
        for (String item : NameList.split(config.textInEffect(key))) {
            int dot = item.lastIndexOf('.');
            if (dot < 1 || dot == item.length() - 1) {
                throw new ApiProblem.BadRequest("'" + key + "' holds '" + item
                        + "'; a column is written table.column, or table.* for all of a table");
            }
        }
    }

    /** Returns a pattern that a client sent, or refuses it. */
    public static Pattern pattern(String key, String text) {
        try {
            return Pattern.compile(text);
        } catch (PatternSyntaxException e) {
            throw new ApiProblem.BadRequest("'" + key + "' is no regular expression: " + e.getDescription());
        }
    }
}
