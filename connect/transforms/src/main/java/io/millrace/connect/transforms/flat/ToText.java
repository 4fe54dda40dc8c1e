package io.millrace.connect.transforms.flat;

import java.util.Optional;
import org.apache.kafka.connect.data.Schema;

/** Text: numbers and times as people write them, bytes in Base64, all that has parts as JSON. */
record ToText() implements Conversion {
    @Override
    public Optional<Converted> of(Schema column) {
        Schema type = column.isOptional() ? Schema.OPTIONAL_STRING_SCHEMA : Schema.STRING_SCHEMA;
        if (type.equals(column)) {
            return Optional.empty();
        }
        return Optional.of(
                JsonColumn.hasParts(column)
                        ? new Converted(type, value -> Optional.of(JsonText.of(column, value)))
                        : new Converted(type, value -> Optional.of(ScalarText.of(column, value))));
    }
}
