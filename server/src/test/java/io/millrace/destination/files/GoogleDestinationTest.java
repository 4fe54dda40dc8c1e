package io.millrace.destination.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.catalogue.ConfigValues;
import io.millrace.catalogue.ConnectorCatalogue;
import io.millrace.connector.ConnectorId;
import io.millrace.connector.Kind;
import io.millrace.database.Check;
import io.millrace.http.ApiProblem;
import io.millrace.testkit.GcsServer;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GoogleDestinationTest {
    private final GoogleDestination google = new GoogleDestination(Clock.systemUTC());

    @Test
    void tellsTheSinkTheDefaults() {
        assertThat(properties(config(Map.of("gcs.credentials.json", "{}"))))
                .containsExactlyInAnyOrderEntriesOf(Map.ofEntries(
                        Map.entry("connector.class", "io.millrace.connect.sinks.files.FilesSinkConnector"),
                        Map.entry("file.store", "gcs"),
                        Map.entry("gcs.bucket.name", "lake"),
                        Map.entry("gcs.credentials.json", "{}"),
                        Map.entry("format.output.type", "csv"),
                        Map.entry("format.output.fields", "value"),
                        Map.entry("file.compression.type", "gzip"),
                        Map.entry("file.name.template", "{{topic}}-{{partition}}-{{start_offset}}"),
                        Map.entry("file.name.prefix", "")));
    }

    @Test
    void tellsTheSinkWhatEveryKeySays() {
        ConfigValues config = config(Map.of(
                "format.user.defined",
                "JSON Array",
                "file.compression.type",
                "zstd",
                "file.name.prefix",
                "in/",
                "file.name.template",
                "{{topic}}/{{partition}}/{{start_offset}}",
                "gcs.endpoint",
                "http://127.0.0.1:9000",
                "file.max.records",
                "5"));

        assertThat(properties(config))
                .containsEntry("format.output.type", "json")
                .containsEntry("file.compression.type", "zstd")
                .containsEntry("file.name.prefix", "in/")
                .containsEntry("file.name.template", "{{topic}}/{{partition}}/{{start_offset}}")
                .containsEntry("gcs.endpoint", "http://127.0.0.1:9000")
                .containsEntry("file.max.records", "5");
    }

    @ParameterizedTest
    @CsvSource({
        "file.name.template, {{topic}}, start_offset",
        "gcs.endpoint, storage, must be a URL",
        "gcs.bucket.name, ${secret:registry:url}, must not hold",
        "format.output.type, orc, 'orc'"
    })
    void refusesWhatCannotBeDone(String key, String value, String reason) {
        ConfigValues config = config(Map.of(key, value));

        assertThatThrownBy(() -> google.check(config))
                .isInstanceOf(ApiProblem.BadRequest.class)
                .hasMessageContaining(reason);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "gcs.bucket.name| lake| 'gcs.credentials.json' is missing",
                "gcs.credentials.json| secret| is no JSON",
                "gcs.credentials.json| {\"private_key\": \"secret\"}| has no 'client_email'",
                "gcs.credentials.json| {\"client_email\": \"w@x\", \"private_key\": \"secret\"}| no RSA key",
                "gcs.credentials.json| {\"type\": \"authorized_user\", \"x\": \"secret\"}| 'authorized_user'"
            })
    void isSavedWithWhatCannotBeUnderstoodAndSaysWhatThatIs(String key, String value, String reason) {
        ConfigValues config = config(Map.of(key, value));

        google.check(config);

        assertThatThrownBy(() -> google.prepare(config))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining(reason)
                .hasMessageNotContaining("secret");
        assertThat(google.validate(config, Duration.ofSeconds(10)).ok()).isFalse();
    }

    @Test
    void saysBeforeTheSinkStartsWhetherTheBucketCanBeWritten() {
        assumeTrue(GcsServer.missing().isEmpty(), () -> GcsServer.missing().orElse(""));
        try (GcsServer server = GcsServer.start()) {
            Map<String, String> place =
                    Map.of("gcs.endpoint", server.endpoint(), "gcs.bucket.name", server.createBucket());
            ConfigValues right = config(place, server.credentials());
            ConfigValues wrong = config(place, server.wrongCredentials());

            assertThatCode(() -> google.prepare(right)).doesNotThrowAnyException();
            assertThat(google.validate(right, Duration.ofSeconds(10)).checks())
                    .containsExactly(Check.passed(
                            "bucket", "Objects can be put into the bucket '" + place.get("gcs.bucket.name") + "'."));
            assertThatThrownBy(() -> google.prepare(wrong))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("is not let in by")
                    .hasMessageContaining("Invalid JWT Signature");
            assertThat(google.validate(wrong, Duration.ofSeconds(10)).ok()).isFalse();
        }
    }

    private Map<String, String> properties(ConfigValues config) {
        google.check(config);
        return google.properties(new ConnectorId(Kind.DESTINATION, "0123456789abcdef01234567"), config);
    }

    private static ConfigValues config(Map<String, String> members, String credentials) {
        ObjectNode given = node(members);
        given.put("gcs.credentials.json", credentials);
        return new ConfigValues(ConnectorCatalogue.destinations().find("gcs").orElseThrow(), given);
    }

    private static ConfigValues config(Map<String, String> members) {
        return new ConfigValues(ConnectorCatalogue.destinations().find("gcs").orElseThrow(), node(members));
    }

    private static ObjectNode node(Map<String, String> members) {
        ObjectNode given = JsonNodeFactory.instance.objectNode();
        given.put("gcs.bucket.name", "lake");
        members.forEach(given::put);
        return given;
    }
}
