package io.millrace.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.it.source.RunningPlatform;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Base64;
import java.util.Map;

/** Topics of a broker in this process, which outlives the platform that is killed. */
record KafkaCopy(RunningPlatform other) implements CampaignCopy {
    private static final int PRICE_SCALE = 2;

    static KafkaCopy start(Path data) {
        return new KafkaCopy(RunningPlatform.start(data));
    }

    @Override
    public String code() {
        return "kafka";
    }

    @Override
    public Map<String, Object> config() {
        return Map.of("kafka.sink.bootstrap", other.kafka(), "topic.prefix", "copy.");
    }

    @Override
    public Checksums rows(CampaignTable table) {
        FoldedRows rows = new FoldedRows(table);
        Topic.each(other.kafka(), "copy." + table.name(), record -> {
            if (record.value() == null) {
                rows.remove(FoldedRows.parsed(new String(record.key(), StandardCharsets.UTF_8)));
            } else {
                rows.take(natural(FoldedRows.parsed(new String(record.value(), StandardCharsets.UTF_8))));
            }
        });
        return rows.checksums();
    }

    /** Kafka's JSON has exact numbers as the bytes of their unscaled value, and dates as days since 1970. */
    private static JsonNode natural(JsonNode row) {
        ObjectNode natural = row.deepCopy();
        if (row.hasNonNull("price")) {
            byte[] unscaled = Base64.getDecoder().decode(row.path("price").textValue());
            natural.put("price", new BigDecimal(new BigInteger(unscaled), PRICE_SCALE).toPlainString());
        }
        if (row.hasNonNull("made")) {
            natural.put(
                    "made", LocalDate.ofEpochDay(row.path("made").longValue()).toString());
        }
        return natural;
    }

    @Override
    public void close() {
        other.close();
    }
}
