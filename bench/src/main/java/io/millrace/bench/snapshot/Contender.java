package io.millrace.bench.snapshot;

/** What can bring the rows of a table into a topic. */
enum Contender {
    STOCK_DEFAULT("default", "stock default", "avro"),
    STOCK_TUNED("tuned", "stock tuned", "avro"),
    OURS_AVRO("avro", "ours, Avro", "avro"),
    OURS_JSON("json", "ours, JSON", "json"),
    PRODUCER("producer", "plain KafkaProducer", "json");

    private final String key;
    private final String label;
    private final String format;

    Contender(String key, String label, String format) {
        this.key = key;
        this.label = label;
        this.format = format;
    }

    /** Returns how the command line names it. */
    String key() {
        return key;
    }

    /** Returns how tables name it. */
    String label() {
        return label;
    }

    String format() {
        return format;
    }

    /** Returns whether Debezium's own connector does it. */
    boolean isStock() {
        return this == STOCK_DEFAULT || this == STOCK_TUNED;
    }
}
