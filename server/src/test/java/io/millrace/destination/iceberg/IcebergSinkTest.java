package io.millrace.destination.iceberg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.catalogue.ConfigValues;
import io.millrace.connector.ConnectorId;
import io.millrace.connector.Kind;
import io.millrace.database.Check;
import io.millrace.destination.SinkConfigs;
import io.millrace.http.ApiProblem;
import io.millrace.testkit.IcebergRestCatalog;
import io.millrace.testkit.PostgresDatabase;
import io.millrace.testkit.PostgresServer;
import io.millrace.testkit.S3Server;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IcebergSinkTest {
    private static final String SMALLEST =
            "'iceberg.catalog.uri':'http://catalog:8181','iceberg.catalog.warehouse':'lake','table.name.prefix':'shop'";
    private static final Duration LIMIT = Duration.ofSeconds(6);

    @TempDir
    private Path home;

    private IcebergSink iceberg() {
        return new IcebergSink(home, Clock.systemUTC());
    }

    private static ConfigValues config(String more) {
        return SinkConfigs.of("iceberg", SMALLEST, more);
    }

    private Map<String, String> properties(String more) {
        ConfigValues config = config(more);
        iceberg().check(config);
        return iceberg().properties(new ConnectorId(Kind.DESTINATION, "6b04c59e6cada51c988837c7"), config);
    }

    @Test
    void tellsTheSinkTheDefaults() {
        assertThat(properties(""))
                .containsExactlyInAnyOrderEntriesOf(Map.ofEntries(
                        Map.entry("connector.class", "io.millrace.connect.sinks.iceberg.IcebergSinkConnector"),
                        Map.entry("iceberg.catalog", "rest"),
                        Map.entry("iceberg.catalog.name", "iceberg"),
                        Map.entry("catalog.uri", "http://catalog:8181"),
                        Map.entry("catalog.warehouse", "lake"),
                        Map.entry("catalog.client.region", "us-west-2"),
                        Map.entry("iceberg.namespace", "shop"),
                        Map.entry("iceberg.mode", "insert"),
                        Map.entry("iceberg.tables.compaction.enabled", "false"),
                        Map.entry("iceberg.quote.identifiers", "true")));
    }

    @Test
    void tellsTheSinkWhatEveryKeySays() {
        assertThat(properties("'iceberg.catalog.auth.mode':'oauth2','iceberg.catalog.credential':'id:secret',"
                        + "'iceberg.catalog.scope':'catalog','iceberg.catalog.name':'prod',"
                        + "'iceberg.catalog.s3.credentials.enabled':true,'iceberg.catalog.s3.access-key-id':'key',"
                        + "'iceberg.catalog.s3.secret-access-key':'hidden','iceberg.catalog.s3.endpoint':'http://s3:9000',"
                        + "'iceberg.catalog.client.region.user.defined':'auto','insert.mode.user.defined':'upsert',"
                        + "'iceberg.tables.default-id-columns':'id','iceberg.tables.hard-delete-enabled':false,"
                        + "'iceberg.tables.compaction.enabled':true,"
                        + "'iceberg.tables.compaction.target-file-size-bytes':'1000',"
                        + "'iceberg.tables.compaction.min-small-files':'2',"
                        + "'iceberg.tables.compaction.max-files-per-run':'3',"
                        + "'iceberg.tables.compaction.commit-threshold':'4',"
                        + "'iceberg.tables.compaction.expire-snapshots':true,"
                        + "'iceberg.tables.compaction.retain-last':'6','quote.identifiers':false,"
                        + "'iceberg.commit.interval.ms':5000,'iceberg.commit.max.bytes':'4000'"))
                .containsEntry("catalog.credential", "id:secret")
                .containsEntry("catalog.scope", "catalog")
                .doesNotContainKey("catalog.token")
                .containsEntry("iceberg.catalog.name", "prod")
                .containsEntry("catalog.s3.access-key-id", "key")
                .containsEntry("catalog.s3.secret-access-key", "hidden")
                .containsEntry("catalog.s3.endpoint", "http://s3:9000")
                .containsEntry("catalog.client.region", "auto")
                .containsEntry("iceberg.mode", "upsert")
                .containsEntry("iceberg.tables.default-id-columns", "id")
                .containsEntry("iceberg.tables.hard-delete-enabled", "false")
                .containsEntry("iceberg.tables.compaction.enabled", "true")
                .containsEntry("iceberg.tables.compaction.target-file-size-bytes", "1000")
                .containsEntry("iceberg.tables.compaction.min-small-files", "2")
                .containsEntry("iceberg.tables.compaction.max-files-per-run", "3")
                .containsEntry("iceberg.tables.compaction.commit-threshold", "4")
                .containsEntry("iceberg.tables.compaction.expire-snapshots", "true")
                .containsEntry("iceberg.tables.compaction.retain-last", "6")
                .containsEntry("iceberg.quote.identifiers", "false")
                .containsEntry("iceberg.commit.interval.ms", "5000")
                .containsEntry("iceberg.commit.max.bytes", "4000");
    }

    @Test
    void usesKeysOfClientsThatDoNotSaySo() {
        String keys = "'iceberg.catalog.s3.access-key-id':'key','iceberg.catalog.s3.secret-access-key':'hidden'";
        assertThat(properties(keys)).containsEntry("catalog.s3.access-key-id", "key");
        assertThat(properties(keys + ",'iceberg.catalog.s3.credentials.enabled':false"))
                .doesNotContainKeys("catalog.s3.access-key-id", "catalog.s3.secret-access-key");
    }

    @Test
    void namesTheLibrariesOfOtherCatalogues() {
        assertThat(properties("'iceberg.catalog.type':'hive','iceberg.catalog.uri':'thrift://hive:9083'"))
                .containsEntry("iceberg.catalog", "org.apache.iceberg.hive.HiveCatalog")
                .containsEntry("catalog.uri", "thrift://hive:9083");
        assertThat(properties("'iceberg.catalog.type':'glue',"
                        + "'iceberg.catalog.client.assume-role.arn':'arn:aws:iam::1:role/lake'"))
                .containsEntry("iceberg.catalog", "org.apache.iceberg.aws.glue.GlueCatalog")
                .containsEntry("catalog.client.assume-role.arn", "arn:aws:iam::1:role/lake")
                .containsEntry("catalog.client.assume-role.region", "us-west-2")
                .containsEntry("catalog.client.factory", "org.apache.iceberg.aws.AssumeRoleAwsClientFactory");
    }

    @Test
    void keepsCataloguesAndWarehousesOfItsOwnInItsFolder() {
        assertThat(properties("'iceberg.catalog.jdbc.uri':'jdbc:sqlite'"))
                .containsEntry("iceberg.catalog", "jdbc")
                .containsEntry("catalog.uri", "jdbc:sqlite:" + home.resolve("iceberg.db") + "?busy_timeout=10000")
                .containsEntry("catalog.warehouse", home.resolve("lake").toString())
                .containsEntry("catalog.millrace.folder", home.resolve("lake").toString());
        assertThat(properties("'iceberg.catalog.jdbc.uri':'jdbc:postgresql://db/c','iceberg.catalog.credential':'u:p',"
                        + "'iceberg.catalog.warehouse':'s3://lake/tables'"))
                .containsEntry("catalog.uri", "jdbc:postgresql://db/c")
                .containsEntry("iceberg.jdbc.credential", "u:p")
                .containsEntry("catalog.warehouse", "s3://lake/tables")
                .doesNotContainKey("catalog.millrace.folder");
    }

    @Test
    void isSavedWithoutTheAddressOfItsCatalogueAndSaysThatItIsMissing() {
        ConfigValues config = config("'iceberg.catalog.uri':null");

        iceberg().check(config);

        assertThatThrownBy(() -> iceberg().prepare(config))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("'iceberg.catalog.uri' is missing");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "'iceberg.catalog.uri':'catalog';iceberg.catalog.uri",
                "'iceberg.catalog.uri':'http://u:p@catalog';iceberg.catalog.uri",
                "'iceberg.catalog.auth.mode':'token';iceberg.catalog.token",
                "'iceberg.catalog.auth.mode':'oauth2';iceberg.catalog.credential",
                "'iceberg.catalog.s3.credentials.enabled':true;iceberg.catalog.s3.access-key-id",
                "'iceberg.catalog.s3.endpoint':'nowhere';iceberg.catalog.s3.endpoint",
                "'table.name.prefix':'shop.';table.name.prefix",
                "'table.name.prefix':'${file:x}';table.name.prefix",
                "'iceberg.tables.compaction.retain-last':'0';iceberg.tables.compaction.retain-last",
                "'iceberg.tables.compaction.min-small-files':'many';iceberg.tables.compaction.min-small-files",
                "'iceberg.catalog.jdbc.uri':'jdbc:h2:/etc/x';iceberg.catalog.jdbc.uri",
                "'iceberg.catalog.jdbc.uri':'jdbc:sqlite:/etc/x';iceberg.catalog.jdbc.uri",
                "'iceberg.catalog.jdbc.uri':'jdbc:sqlite','iceberg.catalog.warehouse':'/etc';iceberg.catalog.warehouse",
                "'iceberg.catalog.jdbc.uri':'jdbc:sqlite','iceberg.catalog.name':'../x';iceberg.catalog.name"
            })
    void refusesWhatCannotBe(String given, String key) {
        ConfigValues config = config(given);
        assertThatThrownBy(() -> iceberg().check(config))
                .isInstanceOf(ApiProblem.BadRequest.class)
                .hasMessageContaining("'" + key + "'");
    }

    @Test
    void findsOutWhetherACatalogueAndABucketCanBeUsed() {
        try (S3Server store = S3Server.start()) {
            String bucket = store.createBucket();
            try (IcebergRestCatalog catalog = IcebergRestCatalog.start(store, bucket, false)) {
                String at = "'iceberg.catalog.uri':'" + catalog.uri() + "'";
                String token = at + ",'iceberg.catalog.auth.mode':'token','iceberg.catalog.token':'";
                String oauth = at + ",'iceberg.catalog.auth.mode':'oauth2','iceberg.catalog.credential':'";
                String keys = token + IcebergRestCatalog.TOKEN + "','iceberg.catalog.warehouse':'s3://" + bucket
                        + "/x','iceberg.catalog.s3.endpoint':'" + store.endpoint()
                        + "','iceberg.catalog.s3.access-key-id':'" + S3Server.KEY
                        + "','iceberg.catalog.s3.secret-access-key':'";

                assertThat(failure(token + IcebergRestCatalog.TOKEN + "'")).isEmpty();
                assertThat(failure(token + "wrong'")).contains("does not let the destination in");
                assertThat(failure(at)).contains("does not let the destination in");
                assertThat(failure(oauth + IcebergRestCatalog.CREDENTIAL + "'")).isEmpty();
                assertThat(failure(oauth + "a:b'")).contains("gave no token", "iceberg.catalog.credential");
                assertThat(failure(keys + S3Server.SECRET + "'")).isEmpty();
                assertThat(failure(keys + "wrong'")).contains("iceberg.catalog.s3.secret-access-key");
            }
        }
        assertThat(failure("'iceberg.catalog.uri':'http://127.0.0.1:1'")).contains("does not answer");
        assertThat(failure("'iceberg.catalog.jdbc.uri':'jdbc:sqlite'")).isEmpty();
    }

    @Test
    void findsOutWhetherADatabaseCanHoldTheCatalogue() {
        try (PostgresServer server = PostgresServer.start(16)) {
            PostgresDatabase database = server.createDatabase();
            String at = "'iceberg.catalog.jdbc.uri':'jdbc:postgresql://127.0.0.1:" + server.port() + "/"
                    + database.name() + "','iceberg.catalog.credential':'" + PostgresServer.USER + ":";
            assertThat(failure(at + PostgresServer.PASSWORD + "'")).isEmpty();
            assertThat(failure(at + "wrong'")).contains("iceberg.catalog.credential");
        }
    }

    /** Returns what is wrong; the sink is not started then, for the same reason. */
    private String failure(String more) {
        ConfigValues config = config(more);
        iceberg().check(config);
        String failed = iceberg().validate(config, LIMIT).checks().stream()
                .filter(check -> !check.ok().orElse(false))
                .findFirst()
                .map(check ->
                        check.message() + check.hint().map(hint -> "; " + hint).orElse(""))
                .orElse("");
        if (failed.isEmpty()) {
            assertThatCode(() -> iceberg().prepare(config)).doesNotThrowAnyException();
        } else {
            assertThatThrownBy(() -> iceberg().prepare(config)).isInstanceOf(SQLException.class);
        }
        return failed;
    }

    @Test
    void saysOfOtherCataloguesThatTheyAreNotAsked() {
        assertThat(iceberg()
                        .validate(config("'iceberg.catalog.type':'glue'"), LIMIT)
                        .checks())
                .singleElement()
                .extracting(Check::hint)
                .asString()
                .contains("plugins/iceberg");
    }
}
