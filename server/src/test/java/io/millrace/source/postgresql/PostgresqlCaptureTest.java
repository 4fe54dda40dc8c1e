package io.millrace.source.postgresql;

import static io.millrace.source.SourceConfigs.values;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.catalogue.ConfigKey;
import io.millrace.catalogue.ConnectorCatalogue;
import io.millrace.control.TableName;
import io.millrace.database.postgresql.PostgresSessions;
import io.millrace.http.ApiProblem;
import io.millrace.source.Claims;
import io.millrace.source.SourceId;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PostgresqlCaptureTest {
    private static final SourceId ID = new SourceId("66b0f1c9a1b2c3d4e5f60000");

    private final PostgresqlCapture capture = new PostgresqlCapture(new PostgresSessions());

    @Test
    void knowsAnEffectOfEveryKeyOfTheCatalogue() {
        assertThat(PostgresqlCapture.KEYS.byKey())
                .containsOnlyKeys(ConnectorCatalogue.sources().find("postgresql").orElseThrow().keys().stream()
                        .map(ConfigKey::name)
                        .toList());
    }

    @Test
    void givesTheConnectorItsDefaults() {
        assertThat(properties(""))
                .containsExactlyInAnyOrderEntriesOf(Map.ofEntries(
                        Map.entry("connector.class", "io.millrace.connect.snapshot.postgresql.PostgresSourceConnector"),
                        Map.entry(
                                "topic.naming.strategy", "io.millrace.connect.snapshot.postgresql.EscapingTopicNaming"),
                        Map.entry("plugin.name", "pgoutput"),
                        Map.entry("publication.autocreate.mode", "disabled"),
                        Map.entry("slot.drop.on.stop", "false"),
                        Map.entry("slot.max.retries", "20"),
                        Map.entry("slot.retry.delay.ms", "500"),
                        Map.entry("database.hostname", "db.example.org"),
                        Map.entry("database.port", "5432"),
                        Map.entry("database.user", "u"),
                        Map.entry("database.password", "p"),
                        Map.entry("database.dbname", "shop"),
                        Map.entry("database.sslmode", "require"),
                        Map.entry("slot.name", "streamkap_pgoutput_slot"),
                        Map.entry("publication.name", "streamkap_pub"),
                        Map.entry("schema.include.list", "(?-i)public"),
                        Map.entry("table.include.list", "(?-i)public\\u002Eorders"),
                        Map.entry("binary.handling.mode", "bytes"),
                        Map.entry("interval.handling.mode", "string"),
                        Map.entry("heartbeat.interval.ms", "10000"),
                        Map.entry("millrace.snapshot.parallelism", "1"),
                        Map.entry("millrace.snapshot.chunk.bytes", "524288"),
                        Map.entry("millrace.snapshot.refresh.ms", "30000")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            textBlock =
                    """
            'database.hostname.user.defined':'::1'  | database.hostname | [::1]
            'database.port.user.defined':6432       | database.port | 6432
            'database.sslmode':'disable'            | database.sslmode | disable
            'slot.name':'mine'                      | slot.name | mine
            'publication.name':'Mine'               | publication.name | Mine
            'binary.handling.mode':'hex'            | binary.handling.mode | hex
            'heartbeat.enabled':false               | heartbeat.interval.ms | 0
            'heartbeat.use.logical.message':true    | heartbeat.action.query | SELECT pg_logical_emit_message(true, 'millrace-heartbeat', now()::text)
            'post.processors':'reselector'          | post.processors | reselector
            'streamkap.snapshot.parallelism':4      | millrace.snapshot.parallelism | 4
            'streamkap.snapshot.chunk.size.bytes':4096 | millrace.snapshot.chunk.bytes | 4096
            'streamkap.snapshot.state.refresh.ms':1000 | millrace.snapshot.refresh.ms | 1000
            'column.include.list.user.defined':'public[.]orders[.](id)' | column.include.list | public[.]orders[.](id)
            'column.include.list.user.defined':'public.other.id' | column.include.list | public.other.id,(?-i)public\\u002Eorders\\u002E.*
            'column.include.list.toggled':false,'column.exclude.list.user.defined':'public.orders.note' | column.exclude.list | public.orders.note
            """)
    void turnsAKeyIntoAProperty(String members, String property, String value) {
        assertThat(properties(members)).containsEntry(property, value);
    }

    @Test
    void writesIntoTheHeartbeatTableOfAWritableSourceOnly() {
        String table =
                "'heartbeat.data.collection.schema.or.database':'my \\\"schema','signal.data.collection.schema.or.database':'x'";

        assertThat(properties(table)).doesNotContainKey("heartbeat.action.query");
        assertThat(properties(table + ",'snapshot.read.only.user.defined':'No'"))
                .containsEntry(
                        "heartbeat.action.query",
                        "UPDATE \"my \"\"schema\".\"streamkap_heartbeat\" SET last_update = now()");
    }

    @ParameterizedTest
    @ValueSource(strings = {"'SourceRegexSupport.enabled':true"})
    void refusesWhatIsNotBuiltByName(String member) {
        String key = member.substring(1, member.indexOf("':"));

        assertThatThrownBy(() -> capture.check(values(member)))
                .isInstanceOf(ApiProblem.BadRequest.class)
                .hasMessageContaining("'" + key + "'");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'ssh.enabled':false,'ssh.port':22,'ssh.user':'streamkap','ssh.host':null",
                "'ssh.enabled':true,'ssh.host':'bastion','ssh.port':'22','ssh.user':'somebody'",
                "'transforms.SourceRegexSupport.regex.replacement':'_X_'"
            })
    void takesWhatIsNotBuiltAtItsDefaultOrHidden(String members) {
        assertThatCode(() -> capture.check(values(members))).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            textBlock =
                    """
            'database.hostname.user.defined':'db/x?socketFactory=evil' | database.hostname.user.defined
            'database.hostname.user.defined':'a,b'  | database.hostname.user.defined
            'database.port.user.defined':0          | database.port.user.defined
            'database.dbname':'shop?loggerFile=x'   | database.dbname
            'database.user':'${secret:registry:user}' | database.user
            'slot.name':'Mine'                      | slot.name
            'publication.name':'a b'                | publication.name
            'column.include.list.user.defined':'('  | column.include.list.user.defined
            'table.include.list.user.defined':','   | table.include.list.user.defined
            'table.include.list.user.defined':'other.t' | other.t
            'schema.include.list':'a,b','table.include.list.user.defined':'t' | schema.include.list
            'transforms.ValueToKey.fields.include.list':'region' | 'region'
            'transforms.OversizedRecords.fields.include.list':'orders.' | 'orders.'
            'transforms.OversizedRecords.fields.exclude.list':'.note' | '.note'
            'transforms.InsertStaticKey1.static.field':'f' | transforms.InsertStaticKey1.static.value
            'transforms.InsertStaticValue2.static.value':'v' | transforms.InsertStaticValue2.static.field
            'predicates.IsTopicToEnrich.pattern':'(' | predicates.IsTopicToEnrich.pattern
            'transforms.InsertStaticKey1.static.field':'f','transforms.InsertStaticKey1.static.value':'${x}' | transforms.InsertStaticKey1.static.value
            """)
    void refusesWhatCannotBe(String members, String named) {
        assertThatThrownBy(() -> capture.check(values(members)))
                .isInstanceOf(ApiProblem.class)
                .hasMessageContaining(named);
    }

    @Test
    void readsNamesAsTheyAre() {
        assertThat(capture.tables(values("'schema.include.list':'public, My Schema','table.include.list.user.defined':"
                        + "' public.Orders , My Schema.a.b,public.caf\u00e9\\\\,x,public.orders'")))
                .containsExactly(
                        new TableName("public", "Orders"),
                        new TableName("My Schema", "a.b"),
                        new TableName("public", "caf\u00e9,x"),
                        new TableName("public", "orders"));
        assertThat(capture.tables(values("'table.include.list.user.defined':'orders'")))
                .containsExactly(new TableName("public", "orders"));
    }

    @Test
    void putsTheDatabaseBeforeTheTableInTheNameOfTheTopicWhenAskedTo() {
        TableName orders = new TableName("public", "orders");
        String asked = "'include.source.db.name.in.table.name.user.defined':true";

        assertThat(capture.nameInTopic(values(asked), orders)).isEqualTo(new TableName("public", "shop_orders"));
        assertThat(capture.nameInTopic(values(""), orders)).isEqualTo(orders);
        assertThat(properties(asked)).containsEntry("millrace.topic.table.prefix", "shop_");
    }

    @Test
    void refusesANameThatFitsTwoTables() {
        assertThatThrownBy(() -> capture.tables(
                        values("'schema.include.list':'a,a.b','table.include.list.user.defined':'a.b.c'")))
                .hasMessageContaining("table 'b.c' of schema 'a'")
                .hasMessageContaining("table 'c' of schema 'a.b'");
    }

    @Test
    void claimsSlotAndPublicationOnTheServer() {
        assertThat(capture.claims(values("'database.hostname.user.defined':'DB'")))
                .isEqualTo(new Claims(
                        Optional.of("db:5432"),
                        Optional.of("shop"),
                        Optional.of("streamkap_pgoutput_slot"),
                        Optional.of("streamkap_pub")));
    }

    @Test
    void refusesToChangeTheSlot() {
        assertThatThrownBy(() -> capture.checkChange(values(""), values("'slot.name':'other'")))
                .isInstanceOf(ApiProblem.BadRequest.class)
                .hasMessageContaining("'slot.name'");
        assertThatCode(() -> capture.checkChange(values(""), values("'slot.name':'streamkap_pgoutput_slot'")))
                .doesNotThrowAnyException();
    }

    private Map<String, String> properties(String members) {
        return capture.properties(ID, values(members));
    }
}
