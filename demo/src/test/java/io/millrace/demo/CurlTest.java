package io.millrace.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class CurlTest {
    private final Curl curl = new Curl(URI.create("http://127.0.0.1:8080"));
    private final ObjectNode body = new ObjectMapper().createObjectNode();

    @Test
    void aTokenIsAVariableOfTheShell() {
        assertThat(curl.get("/sources"))
                .isEqualTo("curl -s 'http://127.0.0.1:8080/sources' -H \"Authorization: Bearer $TOKEN\"");
        assertThat(curl.token(Path.of("/d/credentials.json")))
                .startsWith("TOKEN=$(curl")
                .contains("-d @/d/credentials.json");
    }

    @Test
    void aQuoteInTheBodySurvivesTheShell() {
        assertThat(curl.post("/sources", body.put("name", "Ann's"))).endsWith("-d '{\"name\":\"Ann'\\''s\"}'");
    }

    @Test
    void aPasswordIsLeftToTheShell() {
        assertThat(curl.post("/sources", body.put("p", "$PGPASSWORD"))).endsWith("-d '{\"p\":\"'\"$PGPASSWORD\"'\"}'");
    }
}
