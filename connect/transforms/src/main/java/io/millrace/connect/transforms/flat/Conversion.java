package io.millrace.connect.transforms.flat;

import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.connect.data.Schema;

/** A type that columns can be converted to. */
interface Conversion {
    /**
     * What is done to one column.
     *
     * @param type the schema that the column gets
     * @param convert makes the value, which is never null; gives nothing for one that does not fit
     */
    record Converted(Schema type, Function<Object, Optional<Object>> convert) {}

    /** Returns what is done to columns of a schema; nothing where there is nothing to do. */
    Optional<Converted> of(Schema column);
}
