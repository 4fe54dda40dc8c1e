package io.millrace.connect.sinks.files.format;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import io.millrace.connect.sinks.row.JsonText;
import java.io.IOException;
import java.io.StringWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows as JSON objects, each on a line of its own.
 *
 * @param head before the first one
 * @param between two of them
 * @param tail behind the last one
 */
record JsonRows(String head, String between, String tail) implements TextRows {
    /** Without anything around them. */
    static final JsonRows LINES = new JsonRows("", "\n", "\n");

    /** As one array. */
    static final JsonRows ARRAY = new JsonRows("[\n", ",\n", "\n]\n");

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
            .build();

    @Override
    public String row(List<Part> parts, @Nullable Object[] row) throws UnfitException {
        // A JSON column may hold line ends; between its values they mean nothing.
        return text(generator -> write(generator, parts, row))
                .replace('\n', ' ')
                .replace('\r', ' ');
    }

    /** Returns what stands in one place, as JSON. */
    static String value(Part part, Object value) throws UnfitException {
        return text(generator -> write(generator, part, value));
    }

    private static void write(JsonGenerator generator, List<Part> parts, @Nullable Object[] row) throws IOException {
        generator.writeStartObject();
        for (int i = 0; i < row.length; i++) {
            generator.writeFieldName(parts.get(i).name());
            write(generator, parts.get(i), row[i]);
        }
        generator.writeEndObject();
    }

    private static void write(JsonGenerator generator, Part part, @Nullable Object value) throws IOException {
        if (part.content() instanceof Part.Value column) {
            JsonText.write(generator, column.type(), value);
        } else if (part.content() instanceof Part.Row inner && value != null) {
            write(generator, inner.parts(), (Object[]) value);
        } else {
            generator.writeNull();
        }
    }

    private interface Writing {
        void write(JsonGenerator generator) throws IOException;
    }

    private static String text(Writing writing) throws UnfitException {
        StringWriter text = new StringWriter();
        try (JsonGenerator generator = FACTORY.createGenerator(text)) {
            writing.write(generator);
        } catch (IOException e) {
            throw new UnfitException("The row cannot be written as JSON: " + e.getMessage(), e);
        }
        return text.toString();
    }
}
