package io.millrace.http.shape;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Derives the shapes of records from their components; done once per class. */
final class Shapes {
    private static final ClassValue<RecordShape> RECORDS = new ClassValue<>() {
        @Override
        protected RecordShape computeValue(Class<?> type) {
            return derive(type);
        }
    };

    private Shapes() {}

    /** Returns the shape of a record class; throws {@link IllegalArgumentException} when a component cannot be read. */
    static RecordShape of(Class<?> record) {
        return RECORDS.get(record);
    }

    private static RecordShape derive(Class<?> type) {
        if (!type.isRecord()) {
            throw new IllegalArgumentException(type.getName() + " is no record");
        }
        List<RecordShape.Part> parts = new ArrayList<>();
        for (RecordComponent component : type.getRecordComponents()) {
            parts.add(
                    component.isAnnotationPresent(Inline.class)
                            ? new RecordShape.Part.Inlined(of(component.getType()))
                            : new RecordShape.Part.Single(field(component)));
        }
        return new RecordShape(canonical(type), parts);
    }

    private static Constructor<?> canonical(Class<?> type) {
        try {
            Class<?>[] types = Arrays.stream(type.getRecordComponents())
                    .map(RecordComponent::getType)
                    .toArray(Class<?>[]::new);
            Constructor<?> constructor = type.getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return constructor;
        } catch (NoSuchMethodException e) {
            throw new IllegalArgumentException(type + " has no canonical constructor", e);
        }
    }

    private static Field field(RecordComponent component) {
        AnnotatedType type = component.getAnnotatedType();
        boolean optional = component.getType() == Optional.class;
        AnnotatedType inner = optional ? argument(type, 0) : type;
        boolean list = raw(inner.getType()) == List.class || raw(inner.getType()) == CsvOrList.class;
        Optional<Default> whenAbsent = Optional.ofNullable(component.getAnnotation(Default.class));
        if (optional && whenAbsent.isPresent()) {
            throw new IllegalArgumentException(component + " is either Optional or has a default");
        }
        return new Field(
                Optional.ofNullable(component.getAnnotation(Member.class))
                        .map(Member::value)
                        .orElseGet(() -> WireNames.ofComponent(component.getName())),
                shape(inner, new Limits(component, inner)),
                optional,
                list,
                whenAbsent.map(given -> list ? items(given.value()) : JsonNodeFactory.instance.textNode(given.value())),
                Optional.ofNullable(component.getAnnotation(RequiredUnless.class))
                        .map(RequiredUnless::value));
    }

    private static JsonNode items(String csv) {
        ArrayNode items = JsonNodeFactory.instance.arrayNode();
        Arrays.stream(csv.split(",", -1)).filter(item -> !item.isBlank()).forEach(items::add);
        return items;
    }

    private static Shape shape(AnnotatedType type, Limits limits) {
        Class<?> raw = raw(type.getType());
        if (raw == String.class) {
            return text(limits);
        }
        if (raw == List.class) {
            AnnotatedType item = argument(type, 0);
            return Collected.list(
                    shape(item, new Limits(item)),
                    limits.size().map(Size::min).orElse(0),
                    limits.size().map(Size::max).orElse(Integer.MAX_VALUE));
        }
        if (raw == Map.class) {
            AnnotatedType value = argument(type, 1);
            return Collected.map(shape(value, new Limits(value)));
        }
        return raw.isRecord() && raw != CsvOrList.class ? of(raw) : scalar(raw, limits);
    }

    private static Shape text(Limits limits) {
        Shape text =
                limits.size().map(size -> Texts.sized(size.min(), size.max())).orElse(Texts::text);
        return limits.matches().map(regex -> Texts.matching(text, regex)).orElse(text);
    }

    private static Shape scalar(Class<?> raw, Limits limits) {
        if (raw == boolean.class || raw == Boolean.class) {
            return Texts::bool;
        }
        if (raw == int.class || raw == Integer.class) {
            Shape whole = Numbers.whole(limits.min(Integer.MIN_VALUE), limits.max(Integer.MAX_VALUE));
            return (input, at) -> whole.read(input, at).map(value -> Math.toIntExact((Long) value));
        }
        if (raw == long.class || raw == Long.class) {
            return Numbers.whole(limits.min(Long.MIN_VALUE), limits.max(Long.MAX_VALUE));
        }
        if (raw == double.class || raw == Double.class) {
            return Numbers::number;
        }
        if (raw == Instant.class) {
            return Times::time;
        }
        if (raw == CsvOrList.class) {
            return Collected::csvOrList;
        }
        if (raw == JsonNode.class) {
            return (input, at) -> Optional.of(input);
        }
        if (raw == ObjectNode.class) {
            return (input, at) -> input.isObject()
                    ? Optional.of(input)
                    : at.refuse("dict_type", "Input should be a valid dictionary", input);
        }
        return raw.isEnum() ? Texts.choice(raw) : named(raw, text(limits));
    }

    /** A class of ours with a static {@code of(String)} that refuses by {@link IllegalArgumentException}. */
    private static Shape named(Class<?> raw, Shape shape) {
        Method of = Arrays.stream(raw.getMethods())
                .filter(method -> method.getName().equals("of") && Modifier.isStatic(method.getModifiers()))
                .filter(method -> Arrays.equals(method.getParameterTypes(), new Class<?>[] {String.class}))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no request can hold a " + raw.getName()));
        return (input, at) -> {
            Optional<Object> text = shape.read(input, at);
            if (text.isEmpty()) {
                return text;
            }
            try {
                return Optional.of(of.invoke(raw, text.get()));
            } catch (InvocationTargetException e) {
                String reason = String.valueOf(e.getCause().getMessage());
                return at.refuse("value_error", "Value error, " + reason, input, "error", Map.of());
            } catch (IllegalAccessException e) {
                throw new IllegalStateException(of + " must be public", e);
            }
        };
    }

    private static AnnotatedType argument(AnnotatedType type, int index) {
        return ((AnnotatedParameterizedType) type).getAnnotatedActualTypeArguments()[index];
    }

    private static Class<?> raw(Type type) {
        return type instanceof ParameterizedType parameterized
                ? (Class<?>) parameterized.getRawType()
                : (Class<?>) type;
    }
}
