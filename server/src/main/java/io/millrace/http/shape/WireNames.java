package io.millrace.http.shape;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.lang.reflect.Field;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** What things are called in JSON: components in snake_case, enum constants in lower case unless {@link JsonProperty} says otherwise. */
public final class WireNames {
    private WireNames() {}

    /** Returns {@code topic_names} for {@code topicNames}. */
    public static String ofComponent(String name) {
        return name.replaceAll("([a-z0-9])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
    }

    /** Returns the name of a constant. */
    public static String of(Enum<?> constant) {
        try {
            Field field = constant.getDeclaringClass().getField(constant.name());
            JsonProperty property = field.getAnnotation(JsonProperty.class);
            return property == null ? constant.name().toLowerCase(Locale.ROOT) : property.value();
        } catch (NoSuchFieldException e) {
            throw new IllegalStateException(constant + " is no constant of its own type", e);
        }
    }

    /** Returns the constants of an enum by name, in their order. */
    static Map<String, Object> constants(Class<?> type) {
        Map<String, Object> constants = new LinkedHashMap<>();
        for (Object constant : type.getEnumConstants()) {
            constants.put(of((Enum<?>) constant), constant);
        }
        return constants;
    }
}
