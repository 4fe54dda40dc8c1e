package io.millrace.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Time, sleep and threads come from a few places that have names; and names say what a thing is. */
class NamedPlacesTest {
    /** Where threads are made; everything else is handed an executor. */
    private static final Set<String> THREADS = Set.of(
            "io.millrace.app.EndOnSignal",
            "io.millrace.connect.snapshot.SnapshotThreads",
            "io.millrace.demo.DemoThreads",
            "io.millrace.testkit.MariaDbServer",
            "io.millrace.testkit.MillraceProcess",
            "io.millrace.testkit.PostgresServer",
            "io.millrace.testkit.RedisServer",
            "io.millrace.testkit.TcpProxy",
            "io.millrace.tunnel.TunnelThreads");

    /** Where a thread sleeps. */
    private static final Set<String> SLEEP = Set.of(
            "io.millrace.connect.converters.registry.Patience",
            "io.millrace.demo.Pace",
            "io.millrace.engine.embedded.Waiting");

    /** Where the clock of the machine is read; everything else is handed a clock. */
    private static final Set<String> CLOCK = Set.of();

    private static final Pattern EMPTY_NAME =
            Pattern.compile("(Abstract|Base)\\p{Lu}.*|.*(Manager|Helper|Util|Utils|Impl)");

    private static JavaClasses millrace;
    private static JavaClasses tests;

    @BeforeAll
    static void read() {
        millrace = Modules.mainClasses();
        tests = Modules.testClasses();
    }

    @Test
    void threadsAreMadeInNamedPlaces() {
        assertThat(callers(
                        millrace,
                        call -> isOf(call, Thread.class) && call.getName().equals("<init>")))
                .isSubsetOf(THREADS);
    }

    @Test
    void sleepHasNamedPlacesAndNoneInTests() {
        assertThat(callers(millrace, NamedPlacesTest::isSleep)).isSubsetOf(SLEEP);
        assertThat(callers(tests, NamedPlacesTest::isSleep)).isEmpty();
    }

    @Test
    void clockOfTheMachineIsReadInNamedPlaces() {
        assertThat(callers(
                        millrace,
                        call -> isOf(call, System.class) && call.getName().equals("currentTimeMillis")))
                .isSubsetOf(CLOCK);
    }

    @Test
    void noNameIsEmptyOfMeaning() {
        assertThat(millrace).isNotEmpty().extracting(JavaClass::getSimpleName).noneMatch(name -> EMPTY_NAME
                .matcher(name)
                .matches());
    }

    private static boolean isSleep(AccessTarget call) {
        return call.getName().equals("sleep")
                && (isOf(call, Thread.class) || isOf(call, java.util.concurrent.TimeUnit.class));
    }

    private static boolean isOf(AccessTarget call, Class<?> type) {
        return call.getOwner().isEquivalentTo(type);
    }

    /** Returns the outermost classes with a call that fits, a method reference included. */
    private static Set<String> callers(JavaClasses classes, Predicate<AccessTarget> fits) {
        return classes.stream()
                .filter(type -> type.getAccessesFromSelf().stream().anyMatch(access -> fits.test(access.getTarget())))
                .map(type -> type.getName().replaceFirst("\\$.*", ""))
                .collect(Collectors.toSet());
    }
}
