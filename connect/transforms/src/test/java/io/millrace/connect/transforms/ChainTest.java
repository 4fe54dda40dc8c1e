package io.millrace.connect.transforms;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.connect.transforms.flat.AddStringSuffix;
import io.millrace.connect.transforms.flat.ChangeTopicName;
import io.millrace.connect.transforms.flat.ConvertFields;
import io.millrace.connect.transforms.flat.CopyField;
import io.millrace.connect.transforms.flat.DropFields;
import io.millrace.connect.transforms.flat.HeaderToField;
import io.millrace.connect.transforms.flat.InsertField;
import io.millrace.connect.transforms.flat.MarkColumnsAsOptional;
import io.millrace.connect.transforms.flat.MarkColumnsAsRequired;
import io.millrace.connect.transforms.flat.RenameFields;
import io.millrace.connect.transforms.flat.StringReplace;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.transforms.RegexRouter;
import org.apache.kafka.connect.transforms.Transformation;
import org.junit.jupiter.api.Test;

/** All that a destination can be told to do, in the order in which it is done. */
class ChainTest {
    private final List<Transformation<SinkRecord>> chain = List.of(
            with(new Flatten<>(), Map.of()),
            with(new InsertField<>(), Map.of("offset.field", "_streamkap_offset")),
            with(new HeaderToField<>(), Map.of("header.mappings", "trace:INT64:trace_id")),
            with(new CopyField<>(), Map.of("copy.field.mapping", "orders.id:id_text")),
            with(new ConvertFields<>(), Map.of("to", "int64", "fields.include.list", "orders.note,orders.title")),
            with(new ConvertFields<>(), Map.of("to", "string", "fields.include.list", "orders.id_text")),
            with(new ConvertFields<>(), Map.of("to", "jsonb", "convert.all.json", "true")),
            with(
                    new StringReplace<>(),
                    Map.of(
                            "fields.include.list", "orders.region",
                            "regex.patterns", "^e",
                            "replacement.values", "E")),
            with(new LimitFieldSize<>(), Map.of("fields.include.list", "orders.title", "max.field.size.bytes", "3")),
            with(new AddStringSuffix<>(), Map.of("fields.include.list", "orders.note,orders.title")),
            with(new RenameFields<>(), Map.of("renames", "{\"orders.id\": \"number\"}")),
            with(new DropFields<>(), Map.of("fields.include.list", "orders.blob")),
            with(new MarkColumnsAsOptional<>(), Map.of("fields.include.list", "orders.number")),
            with(new RegexRouter<>(), Map.of("regex", "(.*)orders", "replacement", "$1bought")),
            with(new ChangeTopicName<>(), Map.of()));

    /** What Connect does not find by the list of services, it cannot run. */
    @Test
    void holdsAllThatAWorkerFindsButWhatExcludesAnother() throws IOException {
        Set<String> served = Collections.list(
                        getClass().getClassLoader().getResources("META-INF/services/" + Transformation.class.getName()))
                .stream()
                .flatMap(ChainTest::lines)
                .filter(name -> name.contains(".flat."))
                .collect(Collectors.toSet());

        assertThat(served).contains(MarkColumnsAsRequired.class.getName()).hasSize(11);
        served.remove(MarkColumnsAsRequired.class.getName());
        assertThat(chain)
                .extracting(transformation -> transformation.getClass().getName())
                .containsAll(served);
    }

    private static Stream<String> lines(URL resource) {
        try (InputStream in = resource.openStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void takesARowFromItsEnvelopeToItsTable() {
        SinkRecord record = read(Orders.created(Orders.row(7, "eu")
                .put("note", "12")
                .put("title", "a title")
                .put("document", "{}")
                .put("blob", new byte[1])));
        record.headers().addString("trace", "99");

        SinkRecord done = run(record);

        assertThat(done.topic()).isEqualTo("bought");
        assertThat(((Struct) done.key()).getInt64("number")).isEqualTo(7);
        assertThat(values(done))
                .containsExactlyInAnyOrderEntriesOf(Map.ofEntries(
                        Map.entry("number", 7L),
                        Map.entry("region", "Eu"),
                        Map.entry("note", 12L),
                        Map.entry("title_str", "a t"),
                        Map.entry("document", "{}"),
                        Map.entry("__deleted", "false"),
                        Map.entry("_streamkap_ts_ms", 3L),
                        Map.entry("_streamkap_source_ts_ms", 2L),
                        Map.entry("_streamkap_offset", 42L),
                        Map.entry("trace_id", 99L),
                        Map.entry("id_text", "7")));
        assertThat(done.valueSchema().field("document").schema().parameters()).containsEntry("millrace.json", "binary");
        assertThat(done.valueSchema().field("number").schema().isOptional()).isTrue();
    }

    @Test
    void takesADeletedRowWithItsTombstone() {
        SinkRecord row = run(read(Orders.deleted(Orders.row(7, "eu"))));
        SinkRecord tombstone = run(read(Orders.tombstone(7)));

        assertThat(((Struct) row.value()).getString("__deleted")).isEqualTo("true");
        assertThat(tombstone.topic()).isEqualTo("bought");
        assertThat(tombstone.key()).isEqualTo(row.key());
        assertThat(tombstone.value()).isNull();
    }

    @Test
    void takesATruncationWithItsHeader() {
        SinkRecord truncation = run(read(Orders.truncated()));

        assertThat(truncation.topic()).isEqualTo("bought");
        assertThat(truncation.key()).isNull();
        assertThat(truncation.value()).isNull();
        assertThat(truncation.headers().lastWithName("millrace.operation").value())
                .isEqualTo("t");
    }

    @Test
    void leavesOutAnUnavailableValueUpToTheEnd() {
        SinkRecord done = run(read(Orders.change(
                "u", Optional.empty(), Optional.of(Orders.row(7, "eu").put("note", "__debezium_unavailable_value")))));

        assertThat(values(done)).doesNotContainKeys("note", "note_str").containsEntry("region", "Eu");
    }

    @Test
    void hasOneSchemaObjectForOneSchema() {
        assertThat(run(read(Orders.created(Orders.row(1, "eu")))).valueSchema())
                .isSameAs(run(read(Orders.created(Orders.row(2, "us")))).valueSchema());
    }

    private SinkRecord run(SinkRecord record) {
        SinkRecord done = record;
        for (Transformation<SinkRecord> transformation : chain) {
            done = transformation.apply(done);
        }
        return done;
    }

    private static Map<String, Object> values(SinkRecord record) {
        Struct row = (Struct) record.value();
        return row.schema().fields().stream()
                .filter(field -> row.get(field) != null)
                .collect(Collectors.toMap(Field::name, row::get));
    }

    private static SinkRecord read(SourceRecord record) {
        return new SinkRecord(
                record.topic(),
                0,
                record.keySchema(),
                record.key(),
                record.valueSchema(),
                record.value(),
                42,
                5L,
                TimestampType.CREATE_TIME);
    }

    private static Transformation<SinkRecord> with(
            Transformation<SinkRecord> transformation, Map<String, String> options) {
        transformation.configure(options);
        return transformation;
    }
}
