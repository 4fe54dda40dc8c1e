package io.millrace.connect.sinks.files.format;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The kinds of files. */
public enum FileFormat {
    /** A JSON object on each line. */
    JSONL(".jsonl", false),
    /** A JSON array of objects, one on each line. */
    JSON(".json", false),
    /**
     * Comma-separated values as in RFC 4180, with a line of names where that is asked for; nothing at all is null, {@code ""}
     * is empty text.
     */
    CSV(".csv", true),
    /** An Avro object container file. */
    AVRO(".avro", true),
    /** Apache Parquet. */
    PARQUET(".parquet", true);

    private final String extension;
    private final boolean fixed;

    FileFormat(String extension, boolean fixed) {
        this.extension = extension;
        this.fixed = fixed;
    }

    /** Returns the format of a setting, {@code jsonl} for example. */
    public static FileFormat of(String setting) {
        return valueOf(setting.toUpperCase(Locale.ROOT));
    }

    /** Returns the settings there are. */
    public static List<String> settings() {
        return Arrays.stream(values())
                .map(one -> one.name().toLowerCase(Locale.ROOT))
                .toList();
    }

    /** Returns whether all rows of a file have the same parts. */
    public boolean isFixed() {
        return fixed;
    }

    /** Returns what names of files end in. */
    public String extension(Compression compression) {
        return isText() ? extension + compression.extension() : extension;
    }

    private boolean isText() {
        return this == JSONL || this == JSON || this == CSV;
    }

    /**
     * Begins a file.
     *
     * @param parts of the first row, and of all where the format is {@linkplain #isFixed fixed}
     */
    public RowFile begin(Target target, List<Part> parts) throws IOException {
        return switch (this) {
            case JSONL -> new TextFile(JsonRows.LINES, target);
            case JSON -> new TextFile(JsonRows.ARRAY, target);
            case CSV -> new TextFile(new CsvRows(parts, target.head()), target);
            case AVRO -> new AvroFile(parts, target);
            case PARQUET -> new ParquetFile(parts, target);
        };
    }
}
