package io.millrace.connect.converters.avro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.connect.converters.registry.MemoryRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;
import org.junit.jupiter.api.Test;

class AvroEncoderTest {
    private final MemoryRegistry registry = new MemoryRegistry();
    private final AvroEncoder encoder = new AvroEncoder(registry, 2);
    private final AvroDecoder decoder = new AvroDecoder(registry, 2);

    @Test
    void recordsStartWithAZeroAndTheId() {
        registry.register("other", "\"long\"");

        assertThat(encoder.encode("t-value", Schema.STRING_SCHEMA, "ab")).containsExactly(0, 0, 0, 0, 2, 4, 'a', 'b');
    }

    @Test
    void aSchemaObjectIsRegisteredOncePerSubject() {
        Schema schema = row();
        Struct value = new Struct(schema).put("id", 1L);
        encoder.encode("a-value", schema, value);
        encoder.encode("a-value", schema, value);
        encoder.encode("b-value", schema, value);

        assertThat(registry.registrations()).containsExactly("a-value", "b-value");
        assertThat(encoder.writer("a-value", schema)).isSameAs(encoder.writer("a-value", schema));
    }

    @Test
    void schemasBeyondTheLimitAreCompiledAgain() {
        Schema first = row();
        for (Schema schema : List.of(first, row(), row(), first)) {
            encoder.encode("a-value", schema, new Struct(schema).put("id", 1L));
        }

        assertThat(registry.registrations()).hasSize(4);
    }

    @Test
    void nullStaysNullWhereTheColumnHasADefault() {
        Schema schema = SchemaBuilder.struct()
                .field("a", SchemaBuilder.int32().optional().defaultValue(5).build())
                .field("b", SchemaBuilder.int32().defaultValue(6).build())
                .build();
        byte[] bytes = encoder.encode("t-value", schema, new Struct(schema));

        Struct read = (Struct) decoder.decode(bytes).value();

        assertThat(read.getWithoutDefault("a")).isNull();
        assertThat(read.getWithoutDefault("b")).isEqualTo(6);
    }

    @Test
    void wrongValuesAreRefusedByTheNameOfTheirFieldAndLeaveNothingBehind() {
        Schema schema = row();
        byte[] good = encoder.encode("t-value", schema, new Struct(schema).put("id", 1L));

        assertThatThrownBy(() -> encoder.encode("t-value", schema, new Struct(schema)))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("Field id");
        assertThatThrownBy(() -> encoder.encode("t-value", schema, "text")).isInstanceOf(DataException.class);
        assertThatThrownBy(() -> encoder.encode("t-value", Schema.INT32_SCHEMA, 5L))
                .isInstanceOf(DataException.class);
        assertThatThrownBy(() -> encoder.encode(
                        "t-value",
                        schema,
                        new Struct(SchemaBuilder.struct()
                                .field("other", Schema.OPTIONAL_INT64_SCHEMA)
                                .build())))
                .isInstanceOf(DataException.class);
        assertThat(encoder.encode("t-value", schema, new Struct(schema).put("id", 1L)))
                .isEqualTo(good);
    }

    @Test
    void severalThreadsMayUseOneWriter() throws InterruptedException, ExecutionException {
        Schema schema = row();
        RecordWriter writer = encoder.writer("t-value", schema);
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Callable<Object>> tasks = new ArrayList<>();
            for (long i = 0; i < 200; i++) {
                Struct value = new Struct(schema).put("id", i).put("note", "x".repeat((int) i * 50));
                tasks.add(() -> decoder.decode(writer.write(value)).value().equals(value));
            }
            for (Future<Object> same : threads.invokeAll(tasks)) {
                assertThat(same.get()).isEqualTo(true);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    /** Returns a new schema object at each call. */
    private static Schema row() {
        return SchemaBuilder.struct()
                .name("shop.orders.Value")
                .field("id", Schema.INT64_SCHEMA)
                .field("note", Schema.OPTIONAL_STRING_SCHEMA)
                .build();
    }
}
