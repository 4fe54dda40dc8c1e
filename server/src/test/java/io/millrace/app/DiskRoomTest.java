package io.millrace.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskRoomTest {
    @TempDir
    private Path folder;

    @Test
    void saysHowMuchIsLeftAndWhatToDoWhenLessIsFreeThanIsToStayFree() throws IOException {
        long total = Files.getFileStore(folder).getTotalSpace();
        long floor = 2 * total;

        assertThat(new DiskRoom(folder, floor).shortage().orElseThrow())
                .contains(" MiB left")
                .contains((floor >> 20) + " MiB are to stay free (--min-free)")
                .contains("go on by themselves when " + ((floor + floor / 4) >> 20) + " MiB are free");
    }

    @Test
    void isNeverShortWhereMoreIsFreeOrNothingIsToStayFree() throws IOException {
        assertThat(new DiskRoom(folder, 1).shortage()).isEmpty();
        assertThat(new DiskRoom(folder, 0).shortage()).isEmpty();
    }
}
