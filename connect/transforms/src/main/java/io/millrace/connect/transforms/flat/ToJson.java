package io.millrace.connect.transforms.flat;

import java.util.Optional;
import org.apache.kafka.connect.data.Schema;

/**
 * JSON. Text fits when it is JSON.
 *
 * @param binary whether destinations are to store it in their parsed form, where they have one
 */
record ToJson(boolean binary) implements Conversion {
    @Override
    public Optional<Converted> of(Schema column) {
        Schema type = JsonColumn.type(binary, column.isOptional());
        if (type.equals(column) || JsonColumn.isJson(column) && !binary) {
            return Optional.empty();
        }
        if (JsonColumn.isJson(column)) {
            return Optional.of(new Converted(type, Optional::of));
        }
        return Optional.of(
                column.type() == Schema.Type.STRING
                        ? new Converted(
                                type, value -> Optional.of(value).filter(text -> JsonText.isJson((String) text)))
                        : new Converted(type, value -> Optional.of(JsonText.of(column, value))));
    }
}
