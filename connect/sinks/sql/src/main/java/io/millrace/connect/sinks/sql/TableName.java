package io.millrace.connect.sinks.sql;

import java.util.Optional;

/**
 * A table of a destination.
 *
 * @param schema where the product has such
 */
public record TableName(Optional<String> schema, String name) {
    @Override
    public String toString() {
        return schema.map(owner -> owner + ".").orElse("") + name;
    }
}
