package io.millrace.connect.sinks.files.format;

import com.github.luben.zstd.ZstdOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;
import org.xerial.snappy.SnappyFramedOutputStream;

/** How files are made smaller. */
public enum Compression {
    /** Not at all. */
    NONE(""),
    /** As {@code gzip} does. */
    GZIP(".gz"),
    /** Snappy; for text its framing format. */
    SNAPPY(".sz"),
    /** Zstandard. */
    ZSTD(".zst");

    private static final int BUFFER = 64 * 1024;

    private final String extension;

    Compression(String extension) {
        this.extension = extension;
    }

    /** Returns the compression of a setting, {@code gzip} for example. */
    public static Compression of(String setting) {
        return valueOf(setting.toUpperCase(Locale.ROOT));
    }

    /** Returns the settings there are. */
    public static List<String> settings() {
        return Arrays.stream(values())
                .map(one -> one.name().toLowerCase(Locale.ROOT))
                .toList();
    }

    /** Returns what the name of a text that is compressed as a whole ends in. */
    String extension() {
        return extension;
    }

    /** Returns a stream that compresses what is written; closing it closes the other. */
    OutputStream compressing(OutputStream out) throws IOException {
        return switch (this) {
            case NONE -> out;
            case GZIP -> new GZIPOutputStream(out, BUFFER);
            case SNAPPY -> new SnappyFramedOutputStream(out);
            case ZSTD -> new ZstdOutputStream(out);
        };
    }
}
