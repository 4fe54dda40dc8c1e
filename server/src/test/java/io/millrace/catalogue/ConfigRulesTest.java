package io.millrace.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.http.Json;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ConfigRulesTest {
    private static final ConnectorCatalogue CATALOGUE = ConnectorCatalogue.sources();

    private static final String MINIMAL =
            "'database.hostname.user.defined':'db','database.user':'u','database.password':'p',"
                    + "'database.dbname':'d','schema.include.list':'public','table.include.list.user.defined':'public.orders'";

    @Test
    void acceptTheSmallestConfiguration() {
        assertThat(broken("{" + MINIMAL + "}")).isEmpty();
    }

    @Test
    void nameEveryMissingKeyInTheOrderOfTheCatalogue() {
        assertThat(broken("{'database.user':null,'database.dbname':''}"))
                .containsExactly(
                        "'database.hostname.user.defined' is a required field",
                        "'database.user' is a required field",
                        "'database.password' is a required field",
                        "'database.dbname' is a required field",
                        "'schema.include.list' is a required field",
                        "'table.include.list.user.defined' is a required field");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            textBlock =
                    """
            'database.port.user.defined':'5432'     | 'database.port.user.defined' must be an integer
            'database.port.user.defined':5432.5     | 'database.port.user.defined' must be an integer
            'ssh.port':true                         | 'ssh.port' must be an integer
            'ssh.port':'a lot'                      | 'ssh.port' must be an integer
            'heartbeat.enabled':'true'              | 'heartbeat.enabled' must be a boolean
            'slot.name':7                           | 'slot.name' must be a string
            'database.sslmode':'prefer'             | 'database.sslmode' must be one of: require, disable
            'post.processors':'none'                | 'post.processors' must be one of: reselector
            'streamkap.snapshot.parallelism':11     | 'streamkap.snapshot.parallelism' must be between 1 and 10
            'streamkap.snapshot.parallelism':99999999999999999999 | 'streamkap.snapshot.parallelism' must be between 1 and 10
            'snapshot.read.only.user.defined':'No'  | 'signal.data.collection.schema.or.database' is a required field
            """)
    void sayWhatIsWrong(String member, String phrase) {
        assertThat(broken("{" + MINIMAL + "," + member + "}")).containsExactly(phrase);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            textBlock =
                    """
            'ssh.port':22       | number
            'ssh.port':'22'     | text
            'ssh.port':null     | null
            'ssh.port':''       | empty
            'not.in.the.catalogue':{'a':[1]} | unknown key
            'ssh.public.key.user.displayed':1 | filled by the server
            'post.processors':null | null for a choice
            """)
    void letPass(String member, String why) {
        assertThat(broken("{" + MINIMAL + "," + member + "}")).as(why).isEmpty();
    }

    @Test
    void takeADefaultForGranted() {
        ConnectorDefinition redis = CATALOGUE.find("redis").orElseThrow();

        assertThat(redis.key("tasks.max").orElseThrow().requiredWhenShown()).isTrue();
        assertThat(new ConfigRules(redis).broken(JsonNodeFactory.instance.objectNode()))
                .noneMatch(phrase -> phrase.contains("tasks.max"));
    }

    @ParameterizedTest
    @MethodSource("io.millrace.catalogue.ConfigRulesTest#connectors")
    void acceptEveryDefaultOfEveryConnector(ConnectorDefinition connector) {
        ObjectNode defaults = JsonNodeFactory.instance.objectNode();
        connector.keys().forEach(key -> key.whenAbsent().ifPresent(value -> defaults.set(key.name(), value)));

        assertThat(new ConfigRules(connector).broken(defaults))
                .allMatch(phrase -> phrase.endsWith("is a required field"));
    }

    @Test
    void refuseToChangeWhatIsSetOnce() {
        ConfigKey mode =
                ConfigKey.of(object("{'name':'ingestion.mode','type':'string','set_once':true,'default':'upsert'}"));
        ConnectorDefinition connector = new ConnectorDefinition(
                "x",
                "X",
                Optional.empty(),
                Optional.empty(),
                List.of(),
                java.util.Map.of(mode.name(), mode),
                List.of(mode));
        ConfigRules rules = new ConfigRules(connector);

        assertThat(rules.brokenByChange(object("{'ingestion.mode':'append'}"), object("{}")))
                .containsExactly("'ingestion.mode' cannot be changed after creation");
        assertThat(rules.brokenByChange(object("{'ingestion.mode':'upsert'}"), object("{'ingestion.mode':null}")))
                .isEmpty();
    }

    static Stream<Named<ConnectorDefinition>> connectors() {
        return Stream.concat(
                CATALOGUE.all().stream().map(source -> Named.of("source " + source.code(), source)),
                ConnectorCatalogue.destinations().all().stream()
                        .map(destination -> Named.of("destination " + destination.code(), destination)));
    }

    private static List<String> broken(String config) {
        return new ConfigRules(CATALOGUE.find("postgresql").orElseThrow()).broken(object(config));
    }

    private static ObjectNode object(String json) {
        try {
            JsonNode tree = Json.mapper().readTree(json.replace('\'', '"'));
            return (ObjectNode) tree;
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }
}
