package io.millrace.connect.converters.avro;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.connect.data.ConnectSchema;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.jspecify.annotations.Nullable;

/** What a Connect schema says beside its type. Absent members are null because Connect's constructor wants them so. */
record Attributes(
        @Nullable String name,
        @Nullable Integer version,
        @Nullable String doc,
        @Nullable Map<String, String> parameters,
        @Nullable Object defaultValue,
        boolean optional) {
    static final Attributes NONE = new Attributes(null, null, null, null, null, false);

    Attributes {
        parameters = parameters == null ? null : Collections.unmodifiableMap(new TreeMap<>(parameters));
    }

    Attributes withName(String newName) {
        return new Attributes(newName, version, doc, parameters, defaultValue, optional);
    }

    Attributes withVersion(int newVersion) {
        return new Attributes(name, newVersion, doc, parameters, defaultValue, optional);
    }

    Attributes withDoc(String newDoc) {
        return new Attributes(name, version, newDoc, parameters, defaultValue, optional);
    }

    Attributes withParameters(Map<String, String> newParameters) {
        return new Attributes(name, version, doc, newParameters, defaultValue, optional);
    }

    Attributes withDefault(Object value) {
        return new Attributes(name, version, doc, parameters, value, optional);
    }

    Attributes withOptional(boolean isOptional) {
        return new Attributes(name, version, doc, parameters, defaultValue, isOptional);
    }

    /** Returns a schema of the same structure as {@code plain} with these attributes. */
    Schema like(Schema plain) {
        return switch (plain.type()) {
            case STRUCT -> struct(plain.fields());
            case ARRAY -> array(plain.valueSchema());
            case MAP -> map(plain.keySchema(), plain.valueSchema());
            default -> scalar(plain.type());
        };
    }

    Schema scalar(Schema.Type type) {
        return new ConnectSchema(type, optional, defaultValue, name, version, doc, parameters, null, null, null);
    }

    Schema array(Schema element) {
        return new ConnectSchema(
                Schema.Type.ARRAY, optional, defaultValue, name, version, doc, parameters, null, null, element);
    }

    Schema map(Schema key, Schema value) {
        return new ConnectSchema(
                Schema.Type.MAP, optional, defaultValue, name, version, doc, parameters, null, key, value);
    }

    Schema struct(List<Field> fields) {
        return new ConnectSchema(
                Schema.Type.STRUCT, optional, defaultValue, name, version, doc, parameters, fields, null, null);
    }
}
