package io.millrace.connect.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.control.DesiredRun;
import io.millrace.control.Intent;
import java.io.IOException;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.dynamic.ClassFileLocator;
import net.bytebuddy.implementation.FixedValue;
import net.bytebuddy.implementation.Implementation;
import net.bytebuddy.implementation.MethodDelegation;
import net.bytebuddy.implementation.StubMethod;
import net.bytebuddy.implementation.bind.annotation.FieldValue;
import net.bytebuddy.matcher.ElementMatchers;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Breaks one rule of the engine at a time: the simulation must notice, or it proves nothing. */
class MutantsTest {
    private static final long SCHEDULES = 2_000;

    /** A class with one method of it replaced. */
    private record Mutant(String rule, Class<?> type, String method, Implementation replacement) {
        byte[] bytes() {
            return new ByteBuddy()
                    .redefine(type)
                    .method(ElementMatchers.named(method))
                    .intercept(replacement)
                    .make()
                    .getBytes();
        }

        @Override
        public String toString() {
            return rule;
        }
    }

    static Stream<Mutant> mutants() {
        return Stream.of(
                new Mutant(
                        "rows that the stream has overtaken are kept",
                        Window.class,
                        "judge",
                        MethodDelegation.to(HandOverAll.class)),
                new Mutant(
                        "a chunk leaves before its marker",
                        Chunk.class,
                        "isReady",
                        MethodDelegation.to(ReadyWhenRead.class)),
                new Mutant("a view that came too early counts", Chunk.class, "isSeenBy", FixedValue.value(true)),
                new Mutant(
                        "a part of a row counts as the row",
                        StreamEvent.RowChange.class,
                        "whole",
                        FixedValue.value(true)),
                new Mutant("readers do not settle", SimulatedConnection.class, "settle", StubMethod.INSTANCE),
                new Mutant("a stop is lost", DesiredRun.class, "intentOf", FixedValue.value(Intent.RUN)),
                new Mutant("rows leave without their position", SnapshotEngine.class, "report", StubMethod.INSTANCE),
                new Mutant("truncations are not noted", Window.class, "noteTruncation", StubMethod.INSTANCE),
                new Mutant(
                        "a place is waited for that the stream has come to already",
                        StreamHold.class,
                        "wasReached",
                        FixedValue.value(false)),
                new Mutant(
                        "what comes while a view is opened leaves",
                        StreamHold.class,
                        "toLookAtAgain",
                        MethodDelegation.to(NothingToLookAt.class)),
                new Mutant(
                        "a read that was cut off is not done again",
                        Chunk.class,
                        "isUnfinished",
                        FixedValue.value(false)));
    }

    /** Judges that every row may go out. */
    static final class HandOverAll {
        private HandOverAll() {}

        static Window.Verdict judge(Batch batch, long openedAt) {
            return new Window.Verdict.HandOver(batch.rows());
        }
    }

    /** Leaves what came while a view was opened where it is. */
    static final class NothingToLookAt {
        private NothingToLookAt() {}

        static List<SourceRecord> toLookAtAgain() {
            return List.of();
        }
    }

    /** Lets rows out as soon as they were read. */
    static final class ReadyWhenRead {
        private ReadyWhenRead() {}

        static boolean isReady(@FieldValue("read") boolean read) {
            return read;
        }
    }

    @ParameterizedTest
    @MethodSource("mutants")
    void theSimulationNotices(Mutant mutant) throws ReflectiveOperationException {
        Method violation = new MutatedClasses(Map.of(mutant.type.getName(), mutant.bytes()))
                .loadClass(SimulationTest.class.getName())
                .getDeclaredMethod("violation", long.class);
        violation.setAccessible(true);

        Optional<?> found = LongStream.range(0, SCHEDULES)
                .mapToObj(seed -> invoke(violation, seed))
                .flatMap(Optional::stream)
                .findFirst();

        assertThat(found).isPresent();
    }

    private static Optional<?> invoke(Method violation, long seed) {
        try {
            return (Optional<?>) violation.invoke(null, seed);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The engine and the simulation once more, with some classes replaced. */
    private static final class MutatedClasses extends ClassLoader {
        private static final List<String> OWN = List.of("io.millrace.connect.snapshot.", "io.millrace.control.");

        private final Map<String, byte[]> replaced;
        private final ClassFileLocator originals =
                ClassFileLocator.ForClassLoader.of(MutantsTest.class.getClassLoader());

        MutatedClasses(Map<String, byte[]> replaced) {
            super(MutantsTest.class.getClassLoader());
            this.replaced = replaced;
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (OWN.stream().noneMatch(name::startsWith)) {
                return super.loadClass(name, resolve);
            }
            Class<?> loaded = findLoadedClass(name);
            return loaded == null ? define(name) : loaded;
        }

        private Class<?> define(String name) throws ClassNotFoundException {
            try {
                byte[] bytes = replaced.containsKey(name)
                        ? replaced.get(name)
                        : originals.locate(name).resolve();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException | IllegalStateException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }
}
