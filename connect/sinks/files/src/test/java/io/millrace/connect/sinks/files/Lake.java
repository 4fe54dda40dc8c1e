package io.millrace.connect.sinks.files;

import com.github.luben.zstd.ZstdInputStream;
import io.millrace.connect.sinks.fixtures.DrivenTask;
import io.millrace.testkit.S3Server;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.xerial.snappy.SnappyFramedInputStream;

/** A bucket that tasks write to, and a clock that stands until it is moved. */
final class Lake {
    private static final Pattern ID = Pattern.compile("\"id\":(\\d+)");

    private final S3Server server;
    private final String bucket;
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");

    Lake(S3Server server) {
        this.server = server;
        bucket = server.createBucket();
    }

    /** Starts a task; settings on top of those that lead here. */
    DrivenTask task(Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(Map.of(
                "aws.access.key.id",
                S3Server.KEY,
                "aws.secret.access.key",
                S3Server.SECRET,
                "aws.s3.endpoint",
                server.endpoint(),
                "aws.s3.bucket.name",
                bucket,
                "format.output.type",
                "jsonl",
                "file.compression.type",
                "none"));
        all.putAll(settings);
        return new DrivenTask(new FilesSinkTask(new Moved()), all);
    }

    void pass(Duration time) {
        now = now.plus(time);
    }

    List<String> objects() {
        return server.objects(bucket);
    }

    Path file(String name) {
        return server.object(bucket, name);
    }

    String text(String name) {
        return textOf(file(name));
    }

    /** Returns the text in a file, whatever its compression. */
    static String textOf(Path file) {
        try (InputStream in = opened(file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InputStream opened(Path file) throws IOException {
        String name = file.toString();
        InputStream raw = Files.newInputStream(file);
        if (name.endsWith(".gz")) {
            return new GZIPInputStream(raw);
        }
        if (name.endsWith(".sz")) {
            return new SnappyFramedInputStream(raw);
        }
        return name.endsWith(".zst") ? new ZstdInputStream(raw) : raw;
    }

    /** Returns the column {@code id} of all rows in all files of JSON. */
    List<Long> ids() {
        return objects().stream()
                .flatMap(name -> ID.matcher(text(name)).results())
                .map(found -> Long.valueOf(found.group(1)))
                .toList();
    }

    private final class Moved extends Clock {
        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }
}
