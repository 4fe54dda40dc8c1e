package io.millrace.connect.converters.avro;

import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;

/** How a Connect map is written: as an Avro map where its keys are plain strings, else as an array of entries. */
final class MapForm {
    static final String ENTRY = AvroNames.NAMESPACE + ".MapEntry";
    static final String KEY = "key";
    static final String VALUE = "value";

    private static final Schema PLAIN_KEY = Schema.STRING_SCHEMA;

    private MapForm() {}

    static boolean isAvroMap(Schema map) {
        return map.keySchema().type() == Schema.Type.STRING && PLAIN_KEY.equals(map.keySchema());
    }

    /** Returns the struct of one entry of a map that is written as an array. */
    static Schema entry(Schema map) {
        return SchemaBuilder.struct()
                .name(ENTRY)
                .field(KEY, map.keySchema())
                .field(VALUE, map.valueSchema())
                .build();
    }
}
