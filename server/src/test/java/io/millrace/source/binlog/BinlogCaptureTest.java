package io.millrace.source.binlog;

import static io.millrace.source.SourceConfigs.mariadb;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.catalogue.ConfigKey;
import io.millrace.catalogue.ConnectorCatalogue;
import io.millrace.control.TableName;
import io.millrace.database.mariadb.MariaDbSessions;
import io.millrace.http.ApiProblem;
import io.millrace.source.Claims;
import io.millrace.source.SourceId;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class BinlogCaptureTest {
    private static final SourceId ID = new SourceId("66b0f1c9a1b2c3d4e5f60000");

    private final BinlogCapture capture = new BinlogCapture(Flavour.MARIADB, new MariaDbSessions());
    private final BinlogCapture mysql = new BinlogCapture(Flavour.MYSQL, new MariaDbSessions());

    @ParameterizedTest
    @EnumSource(Flavour.class)
    void knowsAnEffectOfEveryKeyOfTheCatalogue(Flavour flavour) {
        assertThat(flavour.keys().byKey())
                .containsOnlyKeys(ConnectorCatalogue.sources().find(flavour.code()).orElseThrow().keys().stream()
                        .map(ConfigKey::name)
                        .toList());
    }

    /** MySQL does not say where in its log a snapshot lies. */
    @Test
    void holdsTheStreamOfMariaDbOnly() {
        assertThat(capture.canHoldItsStream()).isTrue();
        assertThat(mysql.canHoldItsStream()).isFalse();
    }

    @Test
    void givesTheConnectorItsDefaults() {
        assertThat(properties(""))
                .containsExactlyInAnyOrderEntriesOf(Map.ofEntries(
                        Map.entry("connector.class", "io.millrace.connect.snapshot.mariadb.MariadbSourceConnector"),
                        Map.entry("topic.naming.strategy", "io.millrace.connect.snapshot.binlog.EscapingTopicNaming"),
                        Map.entry("database.server.id", "" + ReaderNumber.of(ID).value()),
                        Map.entry("database.hostname", "db.example.org"),
                        Map.entry("database.port", "3306"),
                        Map.entry("database.user", "u"),
                        Map.entry("database.password", "p"),
                        Map.entry("database.ssl.mode", "trust"),
                        Map.entry("driver.timezone", "auto"),
                        Map.entry("snapshot.locking.mode", "none"),
                        Map.entry("include.schema.changes", "false"),
                        Map.entry("schema.history.internal.store.only.captured.databases.ddl", "false"),
                        Map.entry("schema.history.internal.store.only.captured.tables.ddl", "false"),
                        Map.entry("database.include.list", "(?-i)shop"),
                        Map.entry("table.include.list", "(?-i)shop\\u002Eorders"),
                        Map.entry("binary.handling.mode", "bytes"),
                        Map.entry("bigint.unsigned.handling.mode", "long"),
                        Map.entry("datatype.propagate.source.type", ".+\\.BIGINT UNSIGNED.*"),
                        Map.entry("heartbeat.interval.ms", "100"),
                        Map.entry("millrace.snapshot.parallelism", "2")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            textBlock =
                    """
            'database.hostname.user.defined':'::1'  | database.hostname | [::1]
            'database.port.user.defined':3307       | database.port | 3307
            'database.user':'x'                     | database.user | x
            'database.password':'y'                 | database.password | y
            'database.include.list.user.defined':'shop,my db' | database.include.list | (?-i)shop,(?-i)my\\u0020db
            'table.include.list.user.defined':'shop.a_b' | table.include.list | (?-i)shop\\u002Ea_b
            'table.include.list.user.defined':'orders' | table.include.list | (?-i)shop\\u002Eorders
            'column.exclude.list.user.defined':'shop.orders.note' | column.exclude.list | shop.orders.note
            'database.ssl.mode':'disable'           | database.ssl.mode | disable
            'database.connectionTimeZone':'Asia/Tokyo' | driver.timezone | Asia/Tokyo
            'binary.handling.mode':'hex'            | binary.handling.mode | hex
            'heartbeat.enabled':false               | heartbeat.interval.ms | 0
            'schema.history.internal.store.only.captured.databases.ddl':true | schema.history.internal.store.only.captured.databases.ddl | true
            'schema.history.internal.store.only.captured.tables.ddl':true | schema.history.internal.store.only.captured.tables.ddl | true
            'InsertTopicName.enabled':true          | transforms | InsertTopicName
            'transforms.ValueToKey.fields.include.list':'orders.region' | transforms.ValueToKey.fields.include.list | orders.region
            'transforms.ValueToKey.fields.include.list':'orders.r','transforms.ValueToKey.replace.null.with.default':false | transforms.ValueToKey.replace.null.with.default | false
            'transforms.ValueToKey.fields.include.list':'orders.r','preserve.null.values':true | transforms.ValueToKey.replace.null.with.default | false
            'transforms.OversizedRecords.fields.include.list':'orders.*','transforms.OversizedRecords.fields.exclude.list':'orders.id' | transforms.OversizedRecords.fields.exclude.list | orders.id
            'transforms.OversizedRecords.fields.include.list':'orders.*','transforms.OversizedRecords.max.field.size.bytes':2000000 | transforms.OversizedRecords.max.field.size.bytes | 2000000
            'transforms.OversizedRecords.fields.include.list':'orders.*','transforms.OversizedRecords.oversized.field.behavior':'NULLIFY' | transforms.OversizedRecords.oversized.field.behavior | NULLIFY
            'transforms.OversizedRecords.fields.include.list':'orders.*','transforms.OversizedRecords.truncation.suffix':'...' | transforms.OversizedRecords.truncation.suffix | ...
            'transforms.OversizedRecords.fields.include.list':'orders.*','transforms.OversizedRecords.max.record.size.bytes':5 | transforms.OversizedRecords.max.record.size.bytes | 5
            'transforms.OversizedRecords.fields.include.list':'orders.*','transforms.OversizedRecords.semantic.types.exclude':'x' | transforms.OversizedRecords.semantic.types.exclude | x
            'transforms.OversizedRecords.fields.include.list':'orders.*','transforms.OversizedRecords.replace.null.with.default':false | transforms.OversizedRecords.replace.null.with.default | false
            """)
    void turnsAKeyIntoAProperty(String members, String property, String value) {
        assertThat(properties(members)).containsEntry(property, value);
    }

    @Test
    void turnsTheKeysThatOnlyMysqlHasIntoProperties() {
        Map<String, String> properties = mysql.properties(
                ID,
                mariadb(
                        "mysql",
                        "'database.connectionTimeZone':'UTC','column.include.list.user.defined':'shop[.]orders[.](id)',"
                                + "'predicates.IsTopicToEnrich.pattern':'.*','transforms.InsertStaticKey1.static.field':'f',"
                                + "'transforms.InsertStaticKey1.static.value':'v'"));

        assertThat(properties)
                .containsEntry("connector.class", "io.millrace.connect.snapshot.mysql.MysqlSourceConnector")
                .containsEntry("database.ssl.mode", "preferred")
                .containsEntry("database.connectionTimeZone", "UTC")
                .containsEntry("column.include.list", "shop[.]orders[.](id)")
                .containsEntry("transforms", "InsertStaticKey1")
                .doesNotContainKey("driver.timezone");
    }

    @Test
    void leavesKeysOfOtherConnectorsWithoutEffect() {
        assertThat(properties("'column.include.list.toggled':true,'column.include.list.user.defined':'shop.orders.id',"
                        + "'predicates.IsTopicToEnrich.pattern':'.*','transforms.InsertStaticKey1.static.field':'f',"
                        + "'transforms.InsertStaticKey1.static.value':'v'"))
                .isEqualTo(properties(""));
    }

    @Test
    void writesIntoTheHeartbeatTableOfAWritableSourceOnly() {
        String table = "'heartbeat.data.collection.schema.or.database':'my `db'";

        assertThat(properties(table)).doesNotContainKey("heartbeat.action.query");
        assertThat(properties(table + ",'snapshot.gtid':'No'"))
                .containsEntry("heartbeat.interval.ms", "10000")
                .containsEntry(
                        "heartbeat.action.query", "UPDATE `my ``db`.`streamkap_heartbeat` SET last_update = now()");
    }

    @ParameterizedTest
    @ValueSource(strings = {"'SourceRegexSupport.enabled':true"})
    void refusesWhatIsNotBuiltByName(String member) {
        String key = member.substring(1, member.indexOf("':"));

        for (Flavour flavour : Flavour.values()) {
            assertThatThrownBy(() ->
                            new BinlogCapture(flavour, new MariaDbSessions()).check(mariadb(flavour.code(), member)))
                    .isInstanceOf(ApiProblem.BadRequest.class)
                    .hasMessageContaining("'" + key + "'");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'ssh.enabled':true,'ssh.port':22,'ssh.user':'somebody','ssh.host':'bastion','ssh.public.key.user.displayed':'x'",
                "'transforms.SourceRegexSupport.regex.replacement':'_X_','SourceRegexSupport.enabled':false",
                "'snapshot.gtid':'No','signal.data.collection.schema.or.database':'shop'"
            })
    void takesWhatIsNotBuiltAtItsDefaultOrHidden(String members) {
        assertThatCode(() -> capture.check(mariadb("mariadb", members))).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            textBlock =
                    """
            'database.hostname.user.defined':'db/x?allowMultiQueries=true' | database.hostname.user.defined
            'database.port.user.defined':0          | database.port.user.defined
            'database.user':'${secret:registry:user}' | database.user
            'column.exclude.list.user.defined':'('  | column.exclude.list.user.defined
            'table.include.list.user.defined':','   | table.include.list.user.defined
            'table.include.list.user.defined':'other.t' | in no database of 'database.include.list.user.defined' (shop)
            'database.include.list.user.defined':',' | names no database
            'database.include.list.user.defined':'a,b','table.include.list.user.defined':'t' | database.include.list.user.defined
            'transforms.ValueToKey.fields.include.list':'region' | 'region'
            """)
    void refusesWhatCannotBe(String members, String named) {
        assertThatThrownBy(() -> capture.check(mariadb("mariadb", members)))
                .isInstanceOf(ApiProblem.class)
                .hasMessageContaining(named);
    }

    @Test
    void keepsToWhatItsHistoryKnows() {
        String only = "'schema.history.internal.store.only.captured.tables.ddl':true";
        String more = ",'table.include.list.user.defined':'shop.orders,shop.items'";

        assertThatCode(() -> change("", more.substring(1))).doesNotThrowAnyException();
        assertThatCode(() -> change("", only)).doesNotThrowAnyException();
        assertThatCode(() -> change(only + more, only)).doesNotThrowAnyException();
        assertThatThrownBy(() -> change(only, only + more)).hasMessageContaining("'shop.items'");
        assertThatThrownBy(() -> change(only, "")).hasMessageContaining("cannot be turned off");
    }

    @Test
    void usesNothingThatAnotherSourceCouldNotUse() {
        assertThat(capture.claims(mariadb("mariadb", "'database.hostname.user.defined':'DB'")))
                .isEqualTo(new Claims(Optional.of("db:3306"), Optional.empty(), Optional.empty(), Optional.empty()));
        assertThat(capture.historyTopic(ID)).contains("source_" + ID + "-schema-history");
        assertThat(capture.tables(mariadb("mariadb", ""))).containsExactly(new TableName("shop", "orders"));
    }

    @Test
    void readsTheLogUnderANumberOfItsOwn() {
        Set<Long> numbers = new HashSet<>();
        for (int i = 0; i < 1000; i++) {
            numbers.add(ReaderNumber.of(new SourceId("66b0f1c9a1b2c3d4e5f6%04x".formatted(i)))
                    .value());
        }

        assertThat(numbers).hasSize(1000).allMatch(number -> number >= 1_000_000_000L && number < 4_000_000_000L);
        assertThat(ReaderNumber.of(ID)).isEqualTo(ReaderNumber.of(ID));
    }

    private void change(String before, String after) {
        capture.checkChange(mariadb("mariadb", before), mariadb("mariadb", after));
    }

    private Map<String, String> properties(String members) {
        return capture.properties(ID, mariadb("mariadb", members));
    }
}
