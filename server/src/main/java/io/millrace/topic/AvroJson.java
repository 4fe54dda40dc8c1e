package io.millrace.topic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.http.Json;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.Map;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericFixed;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/** Avro's generic values as plain JSON; decimals as text with all their digits, other bytes in Base64, numbers that JSON lacks as text. */
final class AvroJson {
    private static final int LONGEST_DECIMAL = 20_000;
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private AvroJson() {}

    /** @param union with which the value was written */
    static JsonNode of(@Nullable Object value, Schema union) {
        if (value == null) {
            return NODES.nullNode();
        }
        Schema schema = chosen(union, value);
        if (value instanceof GenericRecord row) {
            ObjectNode object = NODES.objectNode();
            row.getSchema()
                    .getFields()
                    .forEach(field -> object.set(field.name(), of(row.get(field.pos()), field.schema())));
            return object;
        }
        if (value instanceof Collection<?> items) {
            ArrayNode array = NODES.arrayNode();
            items.forEach(item -> array.add(of(item, schema.getElementType())));
            return array;
        }
        if (value instanceof Map<?, ?> members) {
            ObjectNode object = NODES.objectNode();
            members.forEach((name, member) -> object.set(name.toString(), of(member, schema.getValueType())));
            return object;
        }
        if (value instanceof ByteBuffer bytes) {
            byte[] copy = new byte[bytes.remaining()];
            bytes.duplicate().get(copy);
            return schema.getLogicalType() instanceof LogicalTypes.Decimal decimal && isReadable(decimal, copy)
                    ? NODES.textNode(new BigDecimal(new BigInteger(copy), decimal.getScale()).toPlainString())
                    : NODES.binaryNode(copy);
        }
        if (value instanceof GenericFixed fixed) {
            return NODES.binaryNode(fixed.bytes());
        }
        if (value instanceof Boolean || value instanceof Integer || value instanceof Long) {
            return Json.mapper().valueToTree(value);
        }
        if (value instanceof Number number) {
            double real = number.doubleValue();
            return Double.isFinite(real) ? Json.mapper().valueToTree(value) : NODES.textNode(number.toString());
        }
        return NODES.textNode(value.toString());
    }

    /** What is longer than any column can hold would take seconds, or all memory, to write out. */
    private static boolean isReadable(LogicalTypes.Decimal decimal, byte[] unscaled) {
        return unscaled.length <= LONGEST_DECIMAL && decimal.getScale() <= LONGEST_DECIMAL;
    }

    private static Schema chosen(Schema union, Object value) {
        return union.isUnion() ? union.getTypes().get(GenericData.get().resolveUnion(union, value)) : union;
    }
}
