package io.millrace.http.shape;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** An object with known members. */
final class RecordShape implements Shape {
    private final Constructor<?> constructor;
    private final List<Part> parts;

    /** What one component of the record is read from. */
    sealed interface Part {
        /** One member. */
        record Single(Field field) implements Part {}

        /** The members of an inlined record. */
        record Inlined(RecordShape shape) implements Part {}
    }

    /** Where members are looked up. */
    interface Lookup {
        /** Returns the value of a member, and its place. */
        Found find(Field field);
    }

    /**
     * A member that was looked up.
     *
     * @param owner what it is missing in if it is
     */
    record Found(Optional<JsonNode> value, JsonNode owner, Reading at) {}

    RecordShape(Constructor<?> constructor, List<Part> parts) {
        this.constructor = constructor;
        this.parts = List.copyOf(parts);
    }

    @Override
    public Optional<Object> read(JsonNode input, Reading at) {
        if (!input.isObject()) {
            return at.refuse(
                    "model_attributes_type",
                    "Input should be a valid dictionary or object to extract fields from",
                    input);
        }
        return read(
                field -> new Found(Optional.ofNullable(input.get(field.name())), input, at.at(field.name())),
                (ObjectNode) input);
    }

    Optional<Object> read(Lookup lookup, ObjectNode members) {
        List<Object> arguments = new ArrayList<>();
        for (Part part : parts) {
            read(part, lookup, members).ifPresent(arguments::add);
        }
        return arguments.size() < parts.size() ? Optional.empty() : Optional.of(create(arguments));
    }

    /** Returns the members in the order of their declaration, those of inlined records included. */
    List<Field> fields() {
        List<Field> fields = new ArrayList<>();
        for (Part part : parts) {
            if (part instanceof Part.Inlined inlined) {
                fields.addAll(inlined.shape().fields());
            } else {
                fields.add(((Part.Single) part).field());
            }
        }
        return fields;
    }

    private static Optional<Object> read(Part part, Lookup lookup, ObjectNode members) {
        if (part instanceof Part.Inlined inlined) {
            return inlined.shape().read(lookup, members);
        }
        Field field = ((Part.Single) part).field();
        Found found = lookup.find(field);
        return field.read(found.value(), members, found.owner(), found.at());
    }

    private Object create(List<Object> arguments) {
        try {
            return constructor.newInstance(arguments.toArray());
        } catch (InvocationTargetException e) {
            throw new IllegalStateException(
                    "a request record must accept what its shape accepts: " + constructor, e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot make " + constructor, e);
        }
    }
}
