package io.millrace.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.millrace.http.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SealedSecretsTest {
    private static final String PLACE = "source/1/database.password";

    @TempDir
    private Path folder;

    @Test
    void opensWhatItSealedAlsoWithTheKeyReadAgain() throws IOException {
        String sealed = secrets().seal(Secret.of("pä55 wörd"), PLACE);

        assertThat(secrets().open(sealed, PLACE).reveal()).isEqualTo("pä55 wörd");
        assertThat(sealed).doesNotContain("wörd").startsWith("v1:");
    }

    @Test
    void sealsTheSameSecretDifferentlyEachTime() throws IOException {
        SealedSecrets secrets = secrets();

        assertThat(secrets.seal(Secret.of("a"), PLACE)).isNotEqualTo(secrets.seal(Secret.of("a"), PLACE));
    }

    @Test
    void doesNotOpenASecretMovedToAnotherPlaceOrAltered() throws IOException {
        SealedSecrets secrets = secrets();
        String sealed = secrets.seal(Secret.of("a"), PLACE);
        char last = sealed.charAt(sealed.length() - 2);
        String altered = sealed.substring(0, sealed.length() - 2)
                + (last == 'A' ? 'B' : 'A')
                + sealed.substring(sealed.length() - 1);

        assertThatIllegalStateException().isThrownBy(() -> secrets.open(sealed, "source/2/database.password"));
        assertThatIllegalStateException().isThrownBy(() -> secrets.open(altered, PLACE));
        assertThatIllegalStateException().isThrownBy(() -> secrets.open("in clear", PLACE));
    }

    @Test
    void opensWithAnOlderKeyAndSealsWithTheFirst() throws IOException {
        String old = secrets().seal(Secret.of("a"), PLACE);
        String oldKey = Files.readString(key());
        Files.delete(key());
        secrets();
        String newKey = Files.readString(key());
        assertThatIllegalStateException()
                .isThrownBy(() -> secrets().open(old, PLACE))
                .withMessageContaining("add that key");

        Files.write(key(), List.of(newKey.strip(), oldKey.strip()));

        assertThat(secrets().open(old, PLACE)).isEqualTo(Secret.of("a"));
        assertThat(secrets().seal(Secret.of("a"), PLACE)).doesNotStartWith(old.substring(0, 11));
    }

    @Test
    void makesAKeyFileThatOnlyItsOwnerMayRead() throws IOException {
        secrets();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key())))
                .isEqualTo("rw-------");
    }

    @Test
    void saysWhatIsWrongWithAKeyFileWithoutShowingIt() throws IOException {
        Files.writeString(key(), "c2hvcnQ=\n");

        assertThatIllegalArgumentException()
                .isThrownBy(this::secrets)
                .withMessageContaining("master.key")
                .withMessageNotContainingAny("c2hvcnQ");
    }

    @Test
    void asksForTheKeysThatSomethingIsSealedWith() throws IOException {
        SecureRandom random = new SecureRandom();
        String id = SealedSecrets.keyOf(secrets().seal(Secret.of("a"), PLACE)).orElseThrow();

        assertThat(MasterKey.at(key(), random, Set.of(id)).id()).isEqualTo(id);
        Files.delete(key());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MasterKey.at(key(), random, Set.of(id)))
                .withMessageContaining("is missing");
        assertThat(key()).doesNotExist();
        secrets();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MasterKey.at(key(), random, Set.of(id)))
                .withMessageContaining("does not hold the key " + id);
    }

    @Test
    void printsAsStarsEverywhere() throws IOException {
        record Login(Secret password) {}

        assertThat(Secret.of("hunter2")).hasToString("********");
        assertThat(Json.mapper().writeValueAsString(new Login(Secret.of("hunter2"))))
                .isEqualTo("{\"password\":\"********\"}");
    }

    private SealedSecrets secrets() throws IOException {
        SecureRandom random = new SecureRandom();
        return new SealedSecrets(MasterKey.at(key(), random, Set.of()), random);
    }

    private Path key() {
        return folder.resolve("master.key");
    }
}
