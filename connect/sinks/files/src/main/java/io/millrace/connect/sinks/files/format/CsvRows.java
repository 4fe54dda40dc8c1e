package io.millrace.connect.sinks.files.format;

import io.millrace.connect.sinks.row.ColumnType;
import io.millrace.connect.sinks.row.Times;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows with commas between their values. Lists and rows in a row are written as JSON, bytes in Base64. */
final class CsvRows implements TextRows {
    private final String head;

    /** @param named whether the first line has the names of the parts */
    CsvRows(List<Part> parts, boolean named) {
        StringBuilder names = new StringBuilder();
        for (Part part : parts) {
            names.append(names.isEmpty() ? "" : ",").append(quoted(part.name()));
        }
        head = named ? names.append('\n').toString() : "";
    }

    @Override
    public String head() {
        return head;
    }

    @Override
    public String between() {
        return "\n";
    }

    @Override
    public String tail() {
        return "\n";
    }

    @Override
    public String row(List<Part> parts, @Nullable Object[] row) throws UnfitException {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < row.length; i++) {
            if (i > 0) {
                line.append(',');
            }
            Object value = row[i];
            if (value != null) {
                line.append(quoted(text(parts.get(i), value)));
            }
        }
        // An empty line is no row; the only value of this one is null.
        return line.isEmpty() ? "\"\"" : line.toString();
    }

    private static String text(Part part, Object value) throws UnfitException {
        if (part.content() instanceof Part.Value column && !(column.type() instanceof ColumnType.Array)) {
            return plain(value);
        }
        return JsonRows.value(part, value);
    }

    private static String plain(Object value) {
        if (value instanceof BigDecimal number) {
            return number.toPlainString();
        }
        if (value instanceof byte[] bytes) {
            return Base64.getEncoder().encodeToString(bytes);
        }
        return value instanceof Duration time ? Times.text(time) : value.toString();
    }

    private static String quoted(String text) {
        return text.isEmpty() || needsQuotes(text) ? '"' + text.replace("\"", "\"\"") + '"' : text;
    }

    private static boolean needsQuotes(String text) {
        if (text.charAt(0) == ' ' || text.charAt(text.length() - 1) == ' ') {
            return true;
        }
        for (int i = 0; i < text.length(); i++) {
            char one = text.charAt(i);
            if (one == '"' || one == ',' || one == '\n' || one == '\r') {
                return true;
            }
        }
        return false;
    }
}
