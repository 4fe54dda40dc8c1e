package io.millrace.connect.transforms.flat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import io.millrace.connect.sinks.row.JsonText;
import java.io.IOException;
import java.util.Optional;
import org.apache.kafka.connect.data.Schema;

/**
 * JSON. Text fits when it is JSON.
 *
 * @param binary whether destinations are to store it in their parsed form, where they have one
 */
record ToJson(boolean binary) implements Conversion {
    private static final JsonFactory JSON = new JsonFactory();

    @Override
    public Optional<Converted> of(Schema column) {
        Schema type = JsonColumn.type(binary, column.isOptional());
        if (JsonColumn.isJson(column)) {
            return binary && !type.equals(column) ? Optional.of(new Converted(type, Optional::of)) : Optional.empty();
        }
        return Optional.of(
                column.type() == Schema.Type.STRING
                        ? new Converted(type, text -> Optional.of(text).filter(ToJson::isJson))
                        : new Converted(type, value -> Optional.of(JsonText.of(column, value))));
    }

    private static boolean isJson(Object text) {
        try (JsonParser parser = JSON.createParser((String) text)) {
            boolean any = parser.nextToken() != null;
            parser.skipChildren();
            return any && parser.nextToken() == null;
        } catch (IOException e) {
            return false;
        }
    }
}
