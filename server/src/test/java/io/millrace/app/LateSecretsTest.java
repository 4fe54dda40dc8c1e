package io.millrace.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LateSecretsTest {
    private final LateSecrets secrets = new LateSecrets();

    @Test
    void keepsWhoAsksEarlyWaiting() throws Exception {
        CompletableFuture<Optional<String>> asked =
                CompletableFuture.supplyAsync(() -> secrets.find("registry", "url"));

        assertThat(asked).isNotDone();
        secrets.answerFrom((path, key) -> Optional.of(path + " " + key));

        assertThat(asked.get(10, TimeUnit.SECONDS)).contains("registry url");
    }

    @Test
    void answersAtOnceAfterThat() {
        secrets.answerFrom((path, key) -> Optional.empty());

        assertThat(secrets.find("registry", "url")).isEmpty();
    }

    @Test
    void sendsThoseAwayWhoStillWaitWhenThePlatformEnds() {
        CompletableFuture<Optional<String>> asked =
                CompletableFuture.supplyAsync(() -> secrets.find("registry", "url"));

        secrets.close();

        assertThatThrownBy(() -> asked.get(10, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .hasMessageContaining("the platform ended before it was up");
    }
}
