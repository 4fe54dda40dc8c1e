package io.millrace.connect.transforms.flat;

import io.millrace.connect.transforms.ColumnList;
import io.millrace.connect.transforms.Structs;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.connect.connector.ConnectRecord;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.transforms.Transformation;

/** Replaces what matches in columns of text, one pattern after the other. */
public final class StringReplace<R extends ConnectRecord<R>> implements Transformation<R> {
    private static final String COLUMNS = "fields.include.list";
    private static final String PATTERNS = "regex.patterns";
    private static final String REPLACEMENTS = "replacement.values";
    private static final ConfigDef DEFINITION = new ConfigDef()
            .define(COLUMNS, ConfigDef.Type.STRING, Importance.HIGH, "Columns of text, as table.column.")
            .define(PATTERNS, ConfigDef.Type.STRING, Importance.HIGH, "Patterns, comma-separated; no blank is cut off.")
            .define(REPLACEMENTS, ConfigDef.Type.STRING, "", Importance.HIGH, "One replacement for each pattern.");

    private record Replacement(Pattern pattern, String text) {
        String apply(String value) {
            return pattern.matcher(value).replaceAll(text);
        }
    }

    private Optional<RowChanges> rows = Optional.empty();

    /** For Connect, which calls {@link #configure} next. */
    public StringReplace() {}

    @Override
    public void configure(Map<String, ?> settings) {
        AbstractConfig config = new AbstractConfig(DEFINITION, settings, false);
        ColumnList columns = ColumnList.parse(COLUMNS, config.getString(COLUMNS));
        List<Replacement> replacements = parse(config.getString(PATTERNS), config.getString(REPLACEMENTS));
        rows = Optional.of(new RowChanges((table, row) -> {
            List<Field> texts = row.fields().stream()
                    .filter(field -> field.schema().type() == Schema.Type.STRING)
                    .filter(field -> columns.has(table, field.name()))
                    .toList();
            return texts.isEmpty() ? RowChange.NONE : given -> replace(given, texts, replacements);
        }));
    }

    private static List<Replacement> parse(String patterns, String replacements) {
        String[] from = patterns.split(",", -1);
        String[] to = replacements.split(",", -1);
        if (from.length != to.length) {
            throw new ConfigException(REPLACEMENTS, replacements, "not one for each of " + from.length + " patterns");
        }
        List<Replacement> pairs = new ArrayList<>();
        for (int i = 0; i < from.length; i++) {
            try {
                pairs.add(new Replacement(Pattern.compile(from[i]), to[i]));
            } catch (PatternSyntaxException e) {
                throw new ConfigException(PATTERNS, from[i], "no regular expression: " + e.getDescription());
            }
        }
        return pairs;
    }

    private static Struct replace(Struct row, List<Field> texts, List<Replacement> replacements) {
        Optional<Struct> changed = Optional.empty();
        for (Field field : texts) {
            if (Structs.value(row, field) instanceof String was) {
                String is = was;
                for (Replacement replacement : replacements) {
                    is = replacement.apply(is);
                }
                if (!is.equals(was)) {
                    Struct copy = changed.orElseGet(() -> Structs.copy(row, row.schema()));
                    changed = Optional.of(copy.put(field, is));
                }
            }
        }
        return changed.orElse(row);
    }

    @Override
    public R apply(R record) {
        return rows.orElseThrow().apply(record);
    }

    @Override
    public ConfigDef config() {
        return DEFINITION;
    }

    @Override
    public void close() {}
}
