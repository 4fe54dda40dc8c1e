package io.millrace.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MachineTest {
    @Test
    void namesCoresMemoryAndJavaOfThisMachine() {
        Machine here = Machine.here();

        assertThat(here.cores()).isPositive();
        assertThat(here.memoryMebibytes()).isGreaterThan(100);
        assertThat(here.toString()).contains(here.cores() + " cores").contains(System.getProperty("java.version"));
    }
}
