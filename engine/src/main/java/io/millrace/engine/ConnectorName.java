package io.millrace.engine;

/** Name of a connector in its Connect cluster, for example {@code source_66b0f1c9a1b2c3d4e5f60000}. */
public record ConnectorName(String value) {
    public ConnectorName {
        if (value.isBlank()) {
            throw new IllegalArgumentException("a connector needs a name");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
