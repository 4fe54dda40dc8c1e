package io.millrace.connect.transforms.flat;

import io.millrace.connect.sinks.row.ValueText;
import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.connect.data.Schema;

/** Text: numbers and times as people write them, bytes in Base64, all that has parts as JSON. */
record ToText() implements Conversion {
    @Override
    public Optional<Converted> of(Schema column) {
        Schema type = column.isOptional() ? Schema.OPTIONAL_STRING_SCHEMA : Schema.STRING_SCHEMA;
        if (type.equals(column)) {
            return Optional.empty();
        }
        Function<Object, String> text = column.type() == Schema.Type.STRING ? String.class::cast : ValueText.of(column);
        return Optional.of(new Converted(type, value -> Optional.of(text.apply(value))));
    }
}
