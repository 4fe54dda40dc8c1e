package io.millrace.connect.converters.avro;

import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.JsonProperties;
import org.apache.avro.Schema.Field;
import org.apache.kafka.connect.data.Schema;

/** The {@code connect.*} properties that keep in an Avro schema what only Connect knows. */
final class Properties {
    /** {@code int8} or {@code int16} on an Avro int; {@code map} on an array of entries. */
    static final String TYPE = "connect.type";

    static final String NAME = "connect.name";
    static final String VERSION = "connect.version";
    static final String DOC = "connect.doc";
    static final String PARAMETERS = "connect.parameters";
    static final String DEFAULT = "connect.default";

    /** True on the outermost type of an optional schema, which is never a union: null values are tombstones. */
    static final String OPTIONAL = "connect.optional";

    /** Original name of a field whose name Avro does not allow. */
    static final String FIELD_NAME = "connect.field.name";

    private Properties() {}

    /** Writes what is set in {@code connect}, in a fixed order. */
    static void write(Schema connect, JsonProperties avro) {
        if (connect.name() != null) {
            avro.addProp(NAME, connect.name());
        }
        if (connect.version() != null) {
            avro.addProp(VERSION, connect.version());
        }
        if (connect.doc() != null) {
            avro.addProp(DOC, connect.doc());
        }
        if (connect.parameters() != null) {
            avro.addProp(PARAMETERS, (Object) new TreeMap<>(connect.parameters()));
        }
        if (connect.defaultValue() != null) {
            avro.addProp(DEFAULT, Defaults.toJson(connect, connect.defaultValue()));
        }
    }

    /** Returns the name that the field has in Connect. */
    static String fieldName(Field field) {
        Object original = field.getObjectProp(FIELD_NAME);
        return original instanceof String name ? name : field.name();
    }

    /** Returns whether the schema says that its Connect type is {@code type}. */
    static boolean hasType(JsonProperties avro, String type) {
        return type.equals(avro.getObjectProp(TYPE));
    }

    /** Returns the attributes of the Connect schema that the Avro schema keeps. */
    static Attributes read(JsonProperties avro) {
        Attributes attributes = Attributes.NONE;
        if (avro.getObjectProp(NAME) instanceof String name) {
            attributes = attributes.withName(name);
        }
        if (avro.getObjectProp(VERSION) instanceof Number version) {
            attributes = attributes.withVersion(version.intValue());
        }
        if (avro.getObjectProp(DOC) instanceof String doc) {
            attributes = attributes.withDoc(doc);
        }
        if (avro.getObjectProp(PARAMETERS) instanceof Map<?, ?> parameters) {
            Map<String, String> sorted = new TreeMap<>();
            parameters.forEach((key, value) -> sorted.put(String.valueOf(key), String.valueOf(value)));
            attributes = attributes.withParameters(sorted);
        }
        return attributes;
    }
}
