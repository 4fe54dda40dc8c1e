package io.millrace.destination.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.catalogue.ConfigValues;
import io.millrace.catalogue.ConnectorCatalogue;
import io.millrace.connector.ConnectorId;
import io.millrace.connector.Kind;
import io.millrace.database.Check;
import io.millrace.http.ApiProblem;
import io.millrace.testkit.S3Server;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class S3DestinationTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final S3Destination s3 = S3Destination.amazon(Clock.systemUTC());
    private final S3Destination r2 = S3Destination.cloudflare(Clock.systemUTC());

    @Test
    void tellsTheSinkTheDefaults() {
        assertThat(properties(s3, ""))
                .containsExactlyInAnyOrderEntriesOf(Map.ofEntries(
                        Map.entry("connector.class", "io.millrace.connect.sinks.files.FilesSinkConnector"),
                        Map.entry("aws.access.key.id", "id"),
                        Map.entry("aws.secret.access.key", "secret"),
                        Map.entry("aws.s3.bucket.name", "lake"),
                        Map.entry("aws.s3.region", "us-west-2"),
                        Map.entry("format.output.type", "json"),
                        Map.entry("format.output.fields", "value"),
                        Map.entry("file.compression.type", "gzip"),
                        Map.entry("file.name.template", "{{topic}}-{{partition}}-{{start_offset}}"),
                        Map.entry("file.name.prefix", "")));
    }

    @Test
    void tellsTheSinkWhatEveryKeySays() {
        assertThat(properties(
                        s3,
                        ",'format.user.defined':'JSON Lines','file.compression.type':'zstd','file.name.prefix':'in/',"
                                + "'file.name.template':'{{topic}}/{{partition}}/{{start_offset}}',"
                                + "'format.output.fields.user.defined':['key','value'],"
                                + "'aws.s3.endpoint':'http://127.0.0.1:9000','file.max.records':5,"
                                + "'file.max.bytes':'2000','file.flush.interval.ms':1000"))
                .containsEntry("format.output.type", "jsonl")
                .containsEntry("file.compression.type", "zstd")
                .containsEntry("file.name.prefix", "in/")
                .containsEntry("file.name.template", "{{topic}}/{{partition}}/{{start_offset}}")
                .containsEntry("format.output.fields", "key,value")
                .containsEntry("aws.s3.endpoint", "http://127.0.0.1:9000")
                .containsEntry("file.max.records", "5")
                .containsEntry("file.max.bytes", "2000")
                .containsEntry("file.flush.interval.ms", "1000");
        assertThat(properties(s3, ",'format.user.defined':'Parquet'")).containsEntry("format.output.type", "parquet");
        assertThat(properties(s3, ",'format.output.type':'csv'")).containsEntry("format.output.type", "csv");
    }

    @Test
    void writesForStarburstWhatAnyBucketGets() {
        S3Destination starburst = S3Destination.starburst(Clock.systemUTC());
        assertThat(properties(starburst, ",'file.name.prefix':'in/'"))
                .containsEntry("connector.class", "io.millrace.connect.sinks.files.FilesSinkConnector")
                .containsEntry("aws.s3.bucket.name", "lake")
                .containsEntry("aws.s3.region", "us-west-2")
                .containsEntry("file.name.prefix", "in/")
                .containsEntry("format.output.type", "csv");
    }

    @Test
    void findsR2ByTheAccount() {
        assertThat(properties(r2, ",'r2.account.user.defined':'abc123'"))
                .containsEntry("aws.s3.endpoint", "https://abc123.r2.cloudflarestorage.com")
                .containsEntry("aws.s3.region", "auto");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "'file.name.template':'{{topic}}'; start_offset",
                "'file.name.template':'{{topic}}-{{x}}'; {{x}}",
                "'format.output.fields.user.defined':['row']; 'row'",
                "'format.output.type':'orc'; 'orc'",
                "'file.max.records':0; 'file.max.records'",
                "'file.flush.interval.ms':'soon'; 'soon'",
                "'aws.s3.endpoint':'storage'; must be a URL",
                "'file.name.prefix':'${secret:registry:url}/'; must not hold",
                "'aws.s3.bucket.name':'${secret:registry:url}'; must not hold",
                "'aws.s3.bucket.name':'a/b'; no name of a bucket"
            })
    void refusesWhatCannotBeDone(String members, String reason) {
        ConfigValues config = config("s3", "," + members);

        assertThatThrownBy(() -> s3.check(config))
                .isInstanceOf(ApiProblem.BadRequest.class)
                .hasMessageContaining(reason);
    }

    @Test
    void saysBeforeTheSinkStartsWhetherTheBucketCanBeWritten() {
        try (S3Server server = S3Server.start()) {
            String place = ",'aws.s3.endpoint':'" + server.endpoint() + "','aws.s3.bucket.name':'"
                    + server.createBucket() + "','aws.access.key.id':'" + S3Server.KEY + "','aws.secret.access.key':'";
            ConfigValues right = config("s3", place + S3Server.SECRET + "'");
            ConfigValues wrong = config("s3", place + "wrong'");

            assertThatCode(() -> s3.prepare(right)).doesNotThrowAnyException();
            assertThat(s3.validate(right, Duration.ofSeconds(10)).ok()).isTrue();
            assertThatThrownBy(() -> s3.prepare(wrong))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("The secret does not belong to the access key");
            assertThat(s3.validate(wrong, Duration.ofSeconds(10)).checks())
                    .containsExactly(Check.failed(
                            "bucket",
                            "The secret does not belong to the access key '" + S3Server.KEY + "' at "
                                    + server.endpoint().substring("http://".length()),
                            "correct 'aws.secret.access.key'"));
        }
    }

    private static Map<String, String> properties(S3Destination type, String members) {
        ConfigValues config = config(type.code(), members);
        type.check(config);
        return type.properties(new ConnectorId(Kind.DESTINATION, "0123456789abcdef01234567"), config);
    }

    private static ConfigValues config(String code, String members) {
        String standard = "{'aws.access.key.id':'id','aws.secret.access.key':'secret','aws.s3.bucket.name':'lake'";
        try {
            return new ConfigValues(ConnectorCatalogue.destinations().find(code).orElseThrow(), (ObjectNode)
                    JSON.readTree((standard + members + "}").replace('\'', '"')));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
