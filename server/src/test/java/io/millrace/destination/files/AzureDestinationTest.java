package io.millrace.destination.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.catalogue.ConfigValues;
import io.millrace.catalogue.ConnectorCatalogue;
import io.millrace.connector.ConnectorId;
import io.millrace.connector.Kind;
import io.millrace.database.Check;
import io.millrace.http.ApiProblem;
import io.millrace.testkit.AzuriteServer;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AzureDestinationTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final AzureDestination azure = new AzureDestination(Clock.systemUTC());

    @Test
    void tellsTheSinkTheDefaults() {
        assertThat(properties(""))
                .containsExactlyInAnyOrderEntriesOf(Map.ofEntries(
                        Map.entry("connector.class", "io.millrace.connect.sinks.files.FilesSinkConnector"),
                        Map.entry("file.store", "azblob"),
                        Map.entry("azblob.connection.string", "text"),
                        Map.entry("azblob.container.name", "lake"),
                        Map.entry("format.output.type", "json"),
                        Map.entry("format.output.fields", "value"),
                        Map.entry("format.csv.write.headers", "false"),
                        Map.entry("file.compression.type", "none"),
                        Map.entry("file.name.template", "{{topic}}-{{partition}}-{{start_offset}}"),
                        Map.entry("file.name.prefix", ""),
                        Map.entry("file.max.records", "1000"),
                        Map.entry("file.max.bytes", "65536")));
    }

    @Test
    void tellsTheSinkWhatEveryKeySays() {
        assertThat(properties(",'format.user.defined':'csv','format.csv.write.headers':true,'compression':'GZIP',"
                        + "'topics.dir':'in','file.name.template':'{{topic}}/{{partition}}/{{start_offset}}',"
                        + "'flush.size':7,'file.size':8,'rotate.interval.ms':9000"))
                .containsEntry("format.output.type", "csv")
                .containsEntry("format.csv.write.headers", "true")
                .containsEntry("file.compression.type", "gzip")
                .containsEntry("file.name.prefix", "in/")
                .containsEntry("file.name.template", "{{topic}}/{{partition}}/{{start_offset}}")
                .containsEntry("file.max.records", "7")
                .containsEntry("file.max.bytes", "8")
                .containsEntry("file.flush.interval.ms", "9000");
        assertThat(properties(",'format.user.defined':'avro'")).containsEntry("format.output.type", "avro");
        assertThat(properties(",'format.user.defined':'parquet'")).containsEntry("format.output.type", "parquet");
    }

    @Test
    void takesTheKeysThatAllStoresHave() {
        assertThat(properties(",'topics.dir':'in/','file.name.prefix':'x-','format.output.type':'jsonl',"
                        + "'format.output.fields.user.defined':['key','value'],'file.max.records':5,"
                        + "'file.max.bytes':2000,'file.flush.interval.ms':1000"))
                .containsEntry("file.name.prefix", "in/x-")
                .containsEntry("format.output.type", "jsonl")
                .containsEntry("format.output.fields", "key,value")
                .containsEntry("file.max.records", "5")
                .containsEntry("file.max.bytes", "2000")
                .containsEntry("file.flush.interval.ms", "1000");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "'file.name.template':'{{topic}}'; start_offset",
                "'compression':'lzo'; 'lzo'",
                "'flush.size':0; 'flush.size'",
                "'file.size':0; 'file.size'",
                "'rotate.interval.ms':-2; 'rotate.interval.ms'",
                "'topics.dir':'${secret:registry:url}'; must not hold"
            })
    void refusesWhatCannotBeDone(String members, String reason) {
        ConfigValues config = config("," + members);

        assertThatThrownBy(() -> azure.check(config))
                .isInstanceOf(ApiProblem.BadRequest.class)
                .hasMessageContaining(reason);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'azblob.container.name':null| 'AccountName=shop;AccountKey=c2VjcmV0'| does not say which container",
                "'azblob.container.name':'Lake'| 'AccountName=shop;AccountKey=c2VjcmV0'| no name of a container",
                "'flush.size':1| 'AccountName=shop;AccountKey=%secret%'| is Base64",
                "'flush.size':1| 'secret'| must be the URL of a shared access signature, or a connection string",
                "'flush.size':1| 'https://shop.blob.core.windows.net/other?sig=secret'| is for the container 'other'",
                "'flush.size':1| 'https://shop.blob.core.windows.net/lake?sv=secret'| with 'sig='"
            })
    void isSavedWithWhatCannotBeUnderstoodAndSaysWhatThatIs(String members, String connection, String reason) {
        ConfigValues config = config("," + members + ",'azblob.connection.string.user.defined':" + connection);

        azure.check(config);

        assertThatThrownBy(() -> azure.prepare(config))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining(reason)
                .hasMessageNotContaining("secret")
                .hasMessageNotContaining("c2VjcmV0");
        assertThat(azure.validate(config, Duration.ofSeconds(10)).ok()).isFalse();
    }

    @Test
    void saysBeforeTheSinkStartsWhetherTheContainerCanBeWritten() {
        assumeTrue(
                AzuriteServer.missing().isEmpty(), () -> AzuriteServer.missing().orElse(""));
        try (AzuriteServer server = AzuriteServer.start()) {
            String container = server.createContainer();
            ConfigValues right = place(server.connectionString(), container);
            ConfigValues wrong = place(server.connectionString("d3Jvbmc="), container);

            assertThatCode(() -> azure.prepare(right)).doesNotThrowAnyException();
            assertThat(azure.validate(right, Duration.ofSeconds(10)).checks())
                    .containsExactly(
                            Check.passed("container", "Blobs can be put into the container '" + container + "'."));
            assertThatThrownBy(() -> azure.prepare(wrong))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("The key does not belong to the storage account");
            assertThat(azure.validate(wrong, Duration.ofSeconds(10)).checks())
                    .containsExactly(Check.failed(
                            "container",
                            "The key does not belong to the storage account '" + AzuriteServer.ACCOUNT + "' at "
                                    + server.endpoint().split("/")[2],
                            "correct 'AccountKey' in 'azblob.connection.string.user.defined'"));
        }
    }

    private ConfigValues place(String connection, String container) {
        return config(",'azblob.connection.string.user.defined':'" + connection + "','azblob.container.name':'"
                + container + "'");
    }

    private Map<String, String> properties(String members) {
        ConfigValues config = config(members);
        azure.check(config);
        return azure.properties(new ConnectorId(Kind.DESTINATION, "0123456789abcdef01234567"), config);
    }

    private static ConfigValues config(String members) {
        String standard = "{'azblob.connection.string.user.defined':'text','azblob.container.name':'lake'";
        try {
            return new ConfigValues(
                    ConnectorCatalogue.destinations().find("azblob").orElseThrow(),
                    (ObjectNode) JSON.readTree((standard + members + "}").replace('\'', '"')));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
