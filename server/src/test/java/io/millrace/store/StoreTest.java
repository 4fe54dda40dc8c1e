package io.millrace.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@OnEveryStore
class StoreTest {
    private final TestStore database;

    @TempDir
    private Path folder;

    private Store store;

    StoreTest(TestStore database) {
        this.database = database;
    }

    @BeforeEach
    void open() {
        store = database.open(folder);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void keepsWhatWasWrittenWhenItIsOpenedAgain() {
        store.change(handle -> insert(handle, "a"));
        store.close();
        store = database.open(folder);

        assertThat(names()).containsExactly("a");
    }

    @Test
    void undoesAWriteThatFails() {
        assertThatThrownBy(() -> store.change(handle -> {
                    insert(handle, "a");
                    throw new IllegalArgumentException("no");
                }))
                .isInstanceOf(IllegalArgumentException.class);

        assertThat(names()).isEmpty();
    }

    @Test
    void refusesToWriteInARead() {
        assertThatThrownBy(() -> store.read(handle -> {
                    insert(handle, "a");
                    return true;
                }))
                .isInstanceOf(JdbiException.class);
    }

    @Test
    void lets32WritersAtATimeAddToOneNumberWithoutLosingAny() {
        store.change(handle -> handle.execute("insert into tenant (id, name, created_at) values ('t', 't', 0)"));
        ExecutorService threads = Executors.newFixedThreadPool(32);
        try {
            List<CompletableFuture<Void>> writes = IntStream.range(0, 200)
                    .mapToObj(i -> CompletableFuture.runAsync(() -> store.change(this::increment), threads))
                    .toList();
            writes.forEach(CompletableFuture::join);
        } finally {
            threads.shutdownNow();
        }

        assertThat(store.<Long, RuntimeException>read(handle -> handle.createQuery("select created_at from tenant")
                        .mapTo(Long.class)
                        .one()))
                .isEqualTo(200L);
    }

    @Test
    void keepsTimesToTheMicrosecond() {
        Instant time = Instant.parse("2026-01-15T10:30:00.123456Z");
        store.change(handle -> handle.createUpdate("insert into tenant (id, name, created_at) values ('t', 't', :at)")
                .bind("at", time)
                .execute());

        assertThat(store.<Instant, RuntimeException>read(handle -> handle.createQuery("select created_at from tenant")
                        .map((row, context) -> Times.fromColumn(row.getLong(1)))
                        .one()))
                .isEqualTo(time);
    }

    private void increment(Handle handle) {
        long now = handle.createQuery(
                        "select created_at from tenant" + (database == TestStore.SQLITE ? "" : " for update"))
                .mapTo(Long.class)
                .one();
        handle.createUpdate("update tenant set created_at = :next")
                .bind("next", now + 1)
                .execute();
    }

    private static void insert(Handle handle, String name) {
        handle.createUpdate("insert into tenant (id, name, created_at) values (:name, :name, 0)")
                .bind("name", name)
                .execute();
    }

    private List<String> names() {
        return store.read(handle -> handle.createQuery("select name from tenant")
                .mapTo(String.class)
                .list());
    }
}
