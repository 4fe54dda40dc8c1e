package io.millrace.auth;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.contract.Contract;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class RoleTest {
    @Test
    void knowsEveryPermissionThatTheContractAsksFor() {
        Set<String> asked = new TreeSet<>();
        for (JsonNode path : Contract.openApi().get("paths")) {
            for (JsonNode operation : path) {
                if (operation.hasNonNull("x-permission")) {
                    asked.add(operation.get("x-permission").asText());
                }
            }
        }

        assertThat(asked).hasSizeGreaterThan(30);
        assertThat(Permissions.all()).containsAll(asked);
        // Ours: schemas can be registered on the Confluent-compatible surface.
        assertThat(Permissions.all()).hasSize(asked.size() + 1).contains("write:schema_registry");
    }

    @Test
    void holdsTheTableOfTheContract() {
        assertThat(Role.ADMIN.permissions()).isEqualTo(Permissions.all());
        assertThat(Role.DATA_ADMIN.permissions())
                .contains("read:roles", "read:topic_messages", "write:sources", "write:project_keys")
                .doesNotContain(
                        "read:billing", "read:client_credentials", "write:client_credentials", "write:schema_registry");
        assertThat(Role.READ_ONLY.permissions())
                .contains("read:sources", "read:source_metrics", "read:logs")
                .allMatch(permission -> permission.startsWith("read:"))
                .doesNotContain(
                        "read:topic_messages",
                        "read:kafka_access",
                        "read:project_keys",
                        "read:client_credentials",
                        "read:billing");
        assertThat(Role.TEAM_MANAGEMENT.permissions())
                .containsExactlyInAnyOrder(
                        "read:roles",
                        "read:client_credentials",
                        "write:client_credentials",
                        "read:project_keys",
                        "write:project_keys",
                        "read:services");
        assertThat(Role.SUB_ACCOUNTS.permissions()).containsExactlyInAnyOrder("read:services", "read:dashboard");
        assertThat(Role.BILLING.permissions())
                .containsExactlyInAnyOrder("read:billing", "read:services", "read:dashboard");
    }
}
