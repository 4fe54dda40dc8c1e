package io.millrace.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.junit.jupiter.api.Test;

class ContractAnswersTest {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    @Test
    void findsNothingWrongWithARightAnswer() {
        assertThat(mistakes(token())).isEmpty();
    }

    @Test
    void findsAMemberThatIsMissingAndOneOfAnotherType() {
        ObjectNode missing = token();
        missing.remove("expires");

        assertThat(mistakes(missing)).singleElement().asString().contains("expires");
        assertThat(mistakes(token().put("expiresIn", "86400")))
                .singleElement()
                .asString()
                .contains("expiresIn");
    }

    @Test
    void followsReferencesAndTemplates() {
        ObjectNode refusal = JSON.objectNode().put("detail", 1);

        assertThat(ContractAnswers.mistakes("DELETE", "/auth/client-credentials/a%2Fb?x=y", 404, refusal))
                .isNotEmpty();
        assertThat(ContractAnswers.mistakes(
                        "GET", "/auth/roles", 200, JSON.arrayNode().add(JSON.objectNode())))
                .hasSize(3);
    }

    @Test
    void saysNothingOfPathsThatTheContractDoesNotKnow() {
        assertThat(ContractAnswers.mistakes("GET", "/things", 200, JSON.nullNode()))
                .isEmpty();
    }

    private static List<String> mistakes(ObjectNode answer) {
        return ContractAnswers.mistakes("POST", "/auth/access-token", 200, answer);
    }

    private static ObjectNode token() {
        return JSON.objectNode()
                .put("accessToken", "a")
                .put("refreshToken", "b")
                .put("expires", "2026-01-15T10:30:00Z")
                .put("expiresIn", 86_400);
    }
}
