package io.millrace.connector;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.catalogue.ConnectorCatalogue;
import io.millrace.catalogue.ConnectorDefinition;
import io.millrace.store.Store;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FilledKeysTest {
    private static final String PUBLIC_KEY = "ssh.public.key.user.displayed";

    @TempDir
    private Path folder;

    private ServedConnectors served;

    @BeforeEach
    void start() {
        served = new ServedConnectors(Store.sqlite(folder.resolve("millrace.db")), folder, new MemoryEngine());
    }

    @AfterEach
    void stop() {
        served.close();
    }

    @ParameterizedTest
    @CsvSource({"webhook,false", "stripe_webhook,false", "salesforce_webhook,true", "zendesk_webhook,true"})
    void givesWebhooksAnAddressAndAKeyThatStay(String code, boolean secret) {
        JsonNode made = made("/sources", "hook", code);
        String id = made.get("id").textValue();
        JsonNode config = made.get("config");

        assertThat(config.get("webhook.url").textValue()).isEqualTo("http://api/webhooks/" + id);
        assertThat(config.get("api.key").textValue()).hasSize(43);
        assertThat(read("/sources/" + id, true)).isEqualTo(config);
        assertThat(read("/sources/" + id, false).get("api.key").textValue())
                .isEqualTo(secret ? "********" : config.get("api.key").textValue());
        ObjectNode sent = config.deepCopy();
        sent.put("webhook.url", "http://elsewhere").putNull("api.key");
        assertThat(put("/sources/" + id, "hook", code, sent).get("config")).isEqualTo(config);
        assertThat(made("/sources", "another", code).at("/config/api.key")).isNotEqualTo(config.get("api.key"));
    }

    @Test
    void givesEachConnectorAKeyPairWhoseOtherHalfNobodySees() {
        for (List<String> code : List.of(List.of("/sources", "mariadb"), List.of("/destinations", "postgresql"))) {
            String path = code.get(0);
            JsonNode made = made(path, "first", code.get(1));
            String id = made.get("id").textValue();
            String line = made.at("/config/" + PUBLIC_KEY).textValue();
            JsonNode copy =
                    served.ok("POST", path + "/bulk/clone", "{\"items\":[{\"id\":\"" + id + "\",\"name\":\"copy\"}]}");
            String copied = copy.at("/results/0/data/id").textValue();

            assertThat(line).matches("ecdsa-sha2-nistp256 [A-Za-z0-9+/=]+ millrace-[a-z]+-" + id);
            assertThat(read(path + "/" + id, true)).isEqualTo(made.get("config"));
            assertThat(read(path + "/" + copied, true).get(PUBLIC_KEY).textValue())
                    .endsWith(copied)
                    .isNotEqualTo(line);
            ObjectNode sent = made.get("config").deepCopy();
            sent.put(PUBLIC_KEY, "mine").put("#" + PUBLIC_KEY, "mine as well");
            JsonNode changed =
                    put(path + "/" + id, "renamed", code.get(1), sent).get("config");
            assertThat(changed.get(PUBLIC_KEY).textValue()).isEqualTo(line);
            assertThat(changed.get("#" + PUBLIC_KEY).textValue()).isEqualTo("mine as well");
        }
    }

    @Test
    void keepsTheOtherHalfSealed() {
        JsonNode made = made("/sources", "sealed", "postgresql");

        String secrets = served.store().read(handle -> handle.createQuery("select secrets from connector where id = ?")
                .bind(0, made.get("id").textValue())
                .mapTo(String.class)
                .one());

        assertThat(secrets).contains("\"#" + PUBLIC_KEY + "\":\"v1:");
        assertThat(made.toString()).doesNotContain("v1:");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "mongodb+srv://u:pass@shop.example.org/?w=1,shop.example.org",
                "\"mongodb://u:p%40ss@a:27017,b:27018/admin\",\"a:27017,b:27018\"",
                "mongodb://u:p/a@ss@host:1/,",
            })
    void showsTheHostsOfAConnectionStringAndNothingOfItsPassword(String string, String hosts) {
        ObjectNode config = FilledConfigs.of(definition("/sources", "mongodb"));
        config.put("mongodb.connection.string.user.defined", string);
        JsonNode made = made("/sources", "mongo", "mongodb", config);

        assertThat(made.at("/config/mongodb.connection.hostname").textValue()).isEqualTo(hosts);
        config.put("mongodb.connection.string.user.defined", "mongodb://elsewhere");
        assertThat(put("/sources/" + made.get("id").textValue(), "mongo", "mongodb", config)
                        .at("/config/mongodb.connection.hostname")
                        .textValue())
                .isEqualTo("elsewhere");
    }

    private JsonNode made(String path, String name, String code) {
        ObjectNode config = FilledConfigs.of(definition(path, code));
        if (config.has("database.hostname.user.defined")) {
            config.put("database.hostname.user.defined", "127.0.0.1").put("database.port.user.defined", 1);
        }
        return made(path, name, code, config);
    }

    private JsonNode made(String path, String name, String code, ObjectNode config) {
        return served.ok("POST", path + "?secret_returned=true&wait=false", request(name, code, config));
    }

    private JsonNode put(String path, String name, String code, ObjectNode config) {
        return served.ok("PUT", path + "?secret_returned=true&wait=false", request(name, code, config));
    }

    private JsonNode read(String path, boolean secrets) {
        return served.ok("GET", path + "?secret_returned=" + secrets, "").at("/result/0/config");
    }

    private static ObjectNode request(String name, String code, ObjectNode config) {
        ObjectNode request = config.objectNode();
        request.put("name", name).put("connector", code).set("config", config);
        return request;
    }

    private static ConnectorDefinition definition(String path, String code) {
        ConnectorCatalogue catalogue =
                path.equals("/sources") ? ConnectorCatalogue.sources() : ConnectorCatalogue.destinations();
        return catalogue.find(code).orElseThrow();
    }
}
