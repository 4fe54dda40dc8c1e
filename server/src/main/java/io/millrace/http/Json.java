package io.millrace.http;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.millrace.http.shape.WireNames;
import java.io.IOException;

/**
 * How answers are written: records in snake_case, an empty Optional as null, an Instant as {@code 2026-01-15T10:30:00Z},
 * an enum constant by its {@link WireNames wire name}.
 */
public final class Json {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
            .addModule(new Jdk8Module())
            .addModule(new JavaTimeModule())
            .addModule(new SimpleModule().addSerializer(enums()))
            .build();

    private Json() {}

    /** Returns the one mapper; it must not be reconfigured. */
    public static JsonMapper mapper() {
        return MAPPER;
    }

    @SuppressWarnings({"rawtypes", "unchecked"}) // the serializer of all enums has no type to name
    private static JsonSerializer<Enum> enums() {
        return new JsonSerializer<>() {
            @Override
            public void serialize(Enum value, JsonGenerator out, SerializerProvider provider) throws IOException {
                out.writeString(WireNames.of(value));
            }

            @Override
            public Class<Enum> handledType() {
                return Enum.class;
            }
        };
    }
}
