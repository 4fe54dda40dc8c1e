package io.millrace.connect.transforms.flat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.transforms.Transformation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Columns that are dropped, renamed and copied. */
class ColumnNamesTest {
    @Test
    void dropsColumnsAndKeepsTheOthersInOrder() {
        SinkRecord changed =
                drop("sold.total, bought.note, public.sold.region").apply(Sold.record(Sold.row(7, "12", "n")));

        assertThat(Sold.columns(changed)).containsExactly("id", "note");
        assertThat(Sold.value(changed).getString("note")).isEqualTo("n");
        assertThat(changed.valueSchema().name()).isEqualTo(Sold.ROW.name());
    }

    @Test
    void matchesATableWhoseNameTheTopicHasEscaped() {
        SinkRecord record = Sold.record("source_1.public.caf_u00E9", Sold.ROW, Sold.row(7, "12", "n"));

        assertThat(Sold.columns(drop("public.café.*").apply(record))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"total", "sold.total", "public.sold.total"})
    void renamesAColumnHoweverItIsNamed(String column) {
        SinkRecord changed = rename("{\"" + column + "\": \"sum\"}").apply(Sold.record(Sold.row(7, "12", "n")));

        assertThat(Sold.columns(changed)).containsExactly("id", "sum", "note", "region");
        assertThat(Sold.value(changed).getString("sum")).isEqualTo("12");
        assertThat(Sold.value(changed).getWithoutDefault("region")).isNull();
    }

    @Test
    void renamesAColumnOfTheKeyInTheKeyAsWell() {
        Transformation<SinkRecord> rename = rename("{\"sold.id\": \"number\"}");

        SinkRecord changed = rename.apply(Sold.record(Sold.row(7, "12", "n")));
        SinkRecord deleted = rename.apply(Sold.tombstone());

        assertThat(((Struct) changed.key()).getInt64("number")).isEqualTo(7);
        assertThat(Sold.value(changed).getInt64("number")).isEqualTo(7);
        assertThat(((Struct) deleted.key()).getInt64("number")).isEqualTo(7);
        assertThat(deleted.value()).isNull();
    }

    @Test
    void exchangesNames() {
        SinkRecord changed =
                rename("{\"total\": \"note\", \"note\": \"total\"}").apply(Sold.record(Sold.row(7, "12", "n")));

        assertThat(Sold.value(changed).getString("note")).isEqualTo("12");
        assertThat(Sold.value(changed).getString("total")).isEqualTo("n");
    }

    @Test
    void givesNoNameThatIsTaken() {
        SinkRecord record = Sold.record(Sold.row(7, "12", "n"));

        assertThat(rename("{\"total\": \"note\"}").apply(record)).isSameAs(record);
    }

    @ParameterizedTest
    @ValueSource(strings = {"total", "[]"})
    void refusesRenamesThatAreNoObject(String text) {
        assertThatThrownBy(() -> rename(text))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("renames");
    }

    @Test
    void copiesColumnsBehindTheOthers() {
        SinkRecord changed = Sold.configured(
                        new CopyField<>(), "copy.field.mapping", "total:sum, sold.note : remark,bought.id:x,none:y")
                .apply(Sold.record(Sold.row(7, "12", "n")));

        assertThat(Sold.columns(changed)).containsExactly("id", "total", "note", "region", "sum", "remark");
        assertThat(Sold.value(changed).getString("sum")).isEqualTo("12");
        assertThat(Sold.value(changed).getString("remark")).isEqualTo("n");
    }

    @Test
    void copiesOverNoColumnThatIsThere() {
        SinkRecord record = Sold.record(Sold.row(7, "12", "n"));

        assertThat(Sold.configured(new CopyField<>(), "copy.field.mapping", "total:note")
                        .apply(record))
                .isSameAs(record);
    }

    @Test
    void refusesACopyThatIsNoPair() {
        assertThatThrownBy(() -> Sold.configured(new CopyField<>(), "copy.field.mapping", "total"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("old:new");
    }

    @Test
    void meansWhatThePlatformAddsOnlyWhereItIsNamed() {
        Schema row = SchemaBuilder.struct()
                .field("note", Schema.OPTIONAL_STRING_SCHEMA)
                .field("__deleted", Schema.OPTIONAL_STRING_SCHEMA)
                .field("_streamkap_offset", Schema.OPTIONAL_INT64_SCHEMA)
                .build();
        SinkRecord record = Sold.record(new Struct(row).put("__deleted", "true"));

        assertThat(Sold.columns(drop("sold.*").apply(record))).containsExactly("__deleted", "_streamkap_offset");
        assertThat(Sold.columns(drop("*").apply(record))).containsExactly("__deleted", "_streamkap_offset");
        assertThat(Sold.columns(drop("sold.__deleted").apply(record))).containsExactly("note", "_streamkap_offset");
    }

    @Test
    void addsTheSuffixToTextAlone() {
        Schema row = SchemaBuilder.struct()
                .field("text", Schema.OPTIONAL_STRING_SCHEMA)
                .field("number", Schema.INT64_SCHEMA)
                .field("json", JsonColumn.type(false, true))
                .field("other", Schema.STRING_SCHEMA)
                .build();
        SinkRecord record = Sold.record(new Struct(row).put("number", 1L).put("other", "o"));

        SinkRecord changed = Sold.configured(
                        new AddStringSuffix<>(), "fields.include.list", "sold.text,sold.number,sold.json")
                .apply(record);

        assertThat(Sold.columns(changed)).containsExactly("text_str", "number", "json", "other");
    }

    private static Transformation<SinkRecord> drop(String columns) {
        return Sold.configured(new DropFields<>(), "fields.include.list", columns);
    }

    private static Transformation<SinkRecord> rename(String renames) {
        return Sold.configured(new RenameFields<>(), "renames", renames);
    }
}
