package io.millrace.connect.transforms;

import io.millrace.control.DestinationTables;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Struct;

/**
 * The names that a list may call a table by: its own, alone or with its schema in front (its database where the product
 * has no schemas), and the last part or the last two parts of its topic's name. The two differ where a topic has a name
 * of another form.
 */
public record TableNames(Set<String> names) {
    public TableNames {
        names = Set.copyOf(names);
    }

    /** Returns the names that a topic gives: as they are in it, and with its escapes taken back. */
    public static TableNames of(String topic) {
        return new TableNames(DestinationTables.names(topic));
    }

    /** Returns the names that a topic and what is said of a change give. */
    static TableNames of(String topic, Struct source) {
        Set<String> names = new LinkedHashSet<>(of(topic).names());
        text(source, "table").ifPresent(table -> {
            names.add(table);
            Stream.of("schema", "db")
                    .map(name -> text(source, name))
                    .flatMap(Optional::stream)
                    .findFirst()
                    .ifPresent(owner -> names.add(owner + "." + table));
        });
        return new TableNames(names);
    }

    private static Optional<String> text(Struct source, String name) {
        Field field = source.schema().field(name);
        return field != null && source.get(field) instanceof String text && !text.isEmpty()
                ? Optional.of(text)
                : Optional.empty();
    }
}
