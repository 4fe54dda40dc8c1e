package io.millrace.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Who may know whom. */
class BoundariesTest {
    private static final String[] SERVER = {
        "io.millrace.app..",
        "io.millrace.auth..",
        "io.millrace.billing..",
        "io.millrace.catalogue..",
        "io.millrace.connector..",
        "io.millrace.consumergroup..",
        "io.millrace.dashboard..",
        "io.millrace.destination..",
        "io.millrace.http..",
        "io.millrace.metric..",
        "io.millrace.pipeline..",
        "io.millrace.schemaregistry..",
        "io.millrace.secret..",
        "io.millrace.snapshot..",
        "io.millrace.source..",
        "io.millrace.store..",
        "io.millrace.system..",
        "io.millrace.tag..",
        "io.millrace.topic..",
        "io.millrace.tunnel.."
    };
    private static final String CONNECT = "io.millrace.connect..";
    private static JavaClasses millrace;

    @BeforeAll
    static void read() {
        millrace = Modules.mainClasses();
    }

    @Test
    void serverKnowsNothingOfTheCodeInsideConnect() {
        check(noClasses()
                .that()
                .resideInAnyPackage(SERVER)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(CONNECT));
    }

    @Test
    void serverSeesConnectOnlyThroughTheEngine() {
        check(noClasses()
                .that()
                .resideInAnyPackage(SERVER)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.kafka.connect..", "kafka..", "io.debezium.."));
    }

    @Test
    void codeInsideConnectKnowsNothingOfTheServer() {
        check(noClasses()
                .that()
                .resideInAnyPackage(CONNECT, "io.millrace.control..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(SERVER));
    }

    @Test
    void coreOfTheSnapshotEngineKnowsNeitherDebeziumNorADriver() {
        check(noClasses()
                .that()
                .resideInAPackage("io.millrace.connect.snapshot..")
                .and()
                .resideOutsideOfPackages(
                        "io.millrace.connect.snapshot.binlog..",
                        "io.millrace.connect.snapshot.debezium..",
                        "io.millrace.connect.snapshot.mariadb..",
                        "io.millrace.connect.snapshot.mysql..",
                        "io.millrace.connect.snapshot.postgresql..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.debezium..", "org.postgresql..", "org.mariadb..", "com.mysql.."));
    }

    @Test
    void databaseKnowsNeitherKafkaNorDebezium() {
        check(noClasses()
                .that()
                .resideInAPackage("io.millrace.database..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.kafka..", "kafka..", "io.debezium.."));
    }

    @Test
    void objectStoreKnowsNothingButTheJdk() {
        check(noClasses()
                .that()
                .resideInAPackage("io.millrace.objectstore..")
                .should()
                .dependOnClassesThat()
                .resideOutsideOfPackages("java..", "javax.crypto..", "org.jspecify..", "io.millrace.objectstore.."));
    }

    @Test
    void portOfTheEngineShowsNothingOfWhatRunsBehindIt() {
        check(noClasses()
                .that()
                .resideInAPackage("io.millrace.engine")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.apache.kafka.connect..",
                        "org.apache.kafka.server..",
                        "kafka..",
                        "io.millrace.engine.embedded.."));
    }

    @Test
    void adapterOfTheEngineIsChosenInTheWiringAlone() {
        check(noClasses()
                .that()
                .resideOutsideOfPackages("io.millrace.engine.embedded..", "io.millrace.app..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.millrace.engine.embedded.."));
    }

    @Test
    void resourcesAndRepositoriesStayInTheirPackage() {
        check(classes()
                .that(areNamed("Resource").or(areNamed("Repository")))
                .and()
                .resideInAnyPackage(SERVER)
                .should(beReachedOnlyFromTheirPackageAnd("io.millrace.app")));
    }

    @Test
    void internalMeansInternal() {
        check(classes().that().resideInAPackage("..internal..").should(beReachedOnlyFromBesideTheInternalPackage()));
    }

    private static void check(ArchRule rule) {
        rule.allowEmptyShould(true).check(millrace);
    }

    private static DescribedPredicate<JavaClass> areNamed(String suffix) {
        return DescribedPredicate.describe(
                "are named *" + suffix, type -> type.getSimpleName().endsWith(suffix));
    }

    private static ArchCondition<JavaClass> beReachedOnlyFromTheirPackageAnd(String wiring) {
        return new ArchCondition<>("be reached only from their package and from " + wiring) {
            @Override
            public void check(JavaClass target, ConditionEvents events) {
                target.getDirectDependenciesToSelf().stream()
                        .filter(use -> !use.getOriginClass().getPackageName().equals(target.getPackageName()))
                        .filter(use -> !use.getOriginClass().getPackageName().equals(wiring))
                        .forEach(use -> events.add(SimpleConditionEvent.violated(target, use.getDescription())));
            }
        };
    }

    private static ArchCondition<JavaClass> beReachedOnlyFromBesideTheInternalPackage() {
        return new ArchCondition<>("be reached only from the package that holds the internal one") {
            @Override
            public void check(JavaClass target, ConditionEvents events) {
                String owner = target.getPackageName().replaceFirst("\\.internal(\\..*)?$", "");
                target.getDirectDependenciesToSelf().stream()
                        .filter(use -> !use.getOriginClass().getPackageName().equals(owner))
                        .filter(use -> !use.getOriginClass().getPackageName().startsWith(owner + "."))
                        .forEach(use -> events.add(SimpleConditionEvent.violated(target, use.getDescription())));
            }
        };
    }
}
