package io.millrace.connect.snapshot.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.millrace.control.TopicState;
import io.millrace.testkit.PostgresDatabase;
import io.millrace.testkit.PostgresServer;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Types of extensions that do not come with PostgreSQL, where the machine has a server with them ({@code
 * postgresql-15-postgis-3} of Debian, for example); skipped elsewhere.
 */
class ExtensionTypesTest {
    private static final String TABLE = "extended";
    private static final int ROWS = 4;
    private static final Map<Extension, Optional<PostgresServer>> SERVERS = new EnumMap<>(Extension.class);

    /** An extension with columns of its types, the schema of the first of them, and rows. */
    enum Extension {
        POSTGIS(
                "point geometry(Point, 4326), shape geometry, earth geography(Polygon),"
                        + " raised geometry(PointZ, 3857) NOT NULL, shapes geometry[]",
                "io.debezium.data.geometry.Geometry",
                """
                'SRID=4326;POINT(13.4 52.5)', 'LINESTRING(0 0, 1 1, 2 1)', 'POLYGON((0 0, 1 0, 1 1, 0 0))', \
                'SRID=3857;POINT Z (1 2 3)', ARRAY['POINT(1 2)'::geometry, NULL]
                'SRID=4326;POINT EMPTY', 'GEOMETRYCOLLECTION(POINT(1 2), LINESTRING(3 4, 5 6))', 'POLYGON EMPTY', \
                'SRID=3857;POINT Z (0 0 -0)', ARRAY[]::geometry[]
                'SRID=4326;POINT(-180 -90)', 'MULTIPOLYGON(((0 0, 4 0, 4 4, 0 0)))', 'POLYGON((9 9, 8 9, 8 8, 9 9))', \
                'SRID=3857;POINT Z (7 8 9)', NULL
                NULL, NULL, NULL, 'SRID=3857;POINT Z (1 1 1)', NULL
                """),

        VECTOR(
                "plain vector(3), half halfvec(3), sparse sparsevec(5), free vector NOT NULL",
                "io.debezium.data.DoubleVector",
                """
                '[1,2,3]', '[0.5,-1,2]', '{1:1.5,3:2}/5', '[1]'
                '[1e-30,-0,3e30]', '[0,0,0]', '{}/5', '[1,2,3,4,5]'
                '[0.1,0.2,0.3]', '[0.1,65504,-65504]', '{5:-1e-20}/5', '[7]'
                NULL, NULL, NULL, '[9]'
                """);

        private final String columns;
        private final String firstSchema;
        private final String rows;

        Extension(String columns, String firstSchema, String rows) {
            this.columns = columns;
            this.firstSchema = firstSchema;
            this.rows = rows;
        }

        /** Makes a database with the table, empty. */
        PostgresDatabase create() {
            String extension = name().toLowerCase(Locale.ROOT);
            Optional<PostgresServer> server =
                    SERVERS.computeIfAbsent(this, key -> PostgresServer.startWithExtension(extension));
            assumeTrue(server.isPresent(), "no PostgreSQL with " + extension + " is installed");
            PostgresDatabase database = server.orElseThrow().createDatabase();
            database.execute(
                    "CREATE EXTENSION " + extension,
                    "CREATE TABLE " + TABLE + " (id int PRIMARY KEY, " + columns + ")");
            return database;
        }

        void insert(PostgresDatabase database) {
            int id = 0;
            for (String row : rows.lines().toList()) {
                database.execute("INSERT INTO " + TABLE + " VALUES (" + id++ + ", " + row + ")");
            }
        }
    }

    @AfterAll
    static void stop() {
        SERVERS.values().forEach(server -> server.ifPresent(PostgresServer::close));
        SERVERS.clear();
    }

    @ParameterizedTest
    @EnumSource
    void aRowThatIsReadLooksLikeTheRowThatWasStreamed(Extension extension) {
        PostgresDatabase database = extension.create();
        try (Capture capture = Capture.start(database)) {
            extension.insert(database);
            capture.awaitStreamed();
            capture.snapshot("r1", TABLE);
            assertThat(capture.end("r1", TABLE))
                    .satisfies(end -> assertThat(end.state()).as(end.toString()).isEqualTo(TopicState.COMPLETED));

            Map<Object, SourceRecord> streamed = TypesTest.byKey(capture, TABLE, "c");
            Map<Object, SourceRecord> read = TypesTest.byKey(capture, TABLE, "r");
            assertThat(read).hasSize(ROWS).hasSameSizeAs(streamed);
            read.forEach((key, row) -> TypesTest.assertSameRow(row, streamed.get(key)));
            Schema row = streamed.values()
                    .iterator()
                    .next()
                    .valueSchema()
                    .field("after")
                    .schema();
            assertThat(row.fields().get(1).schema().name()).isEqualTo(extension.firstSchema);
        }
    }

    @ParameterizedTest
    @EnumSource
    void rowsHaveTheBytesOfTheConverter(Extension extension) throws Exception {
        PostgresDatabase database = extension.create();
        extension.insert(database);
        try (Registry registry = new Registry()) {
            for (String converter : List.of("format=json", "format=avro registry.url=" + registry.url())) {
                assertThat(EncodedRowsTest.assertSameBytes(database, TABLE, "", converter))
                        .isEqualTo(ROWS);
            }
        }
    }
}
