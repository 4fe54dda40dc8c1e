package io.millrace.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.demo.Api;
import io.millrace.testkit.MillraceLaunch;
import io.millrace.testkit.MillraceProcess;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlatformProcessTest {
    /** What a start may take when all tests of the build share the machine. */
    private static final Duration LONGEST_START = Duration.ofSeconds(60);

    @Test
    void isReadyAgainOnTheSameAddressesAfterAKill(@TempDir Path data) {
        try (MillraceProcess platform = MillraceProcess.start(Campaign.launch(data))) {
            signIn(platform);
            platform.kill();

            assertThat(platform.restart()).isLessThan(LONGEST_START);
            assertThat(signIn(platform).get("/health/ready").isObject()).isTrue();
            assertThat(platform.stop()).isTrue();
        }
    }

    private static Api signIn(MillraceProcess platform) {
        return Api.at(platform.url()).signIn(MillraceLaunch.CLIENT_ID, MillraceLaunch.SECRET);
    }
}
