package io.millrace.connect.snapshot.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.debezium.data.geometry.Geometry;
import io.millrace.control.TopicState;
import io.millrace.testkit.PostgresDatabase;
import io.millrace.testkit.PostgresServer;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Types of PostGIS, where the machine has a server with it ({@code postgresql-15-postgis-3} of Debian, for example). */
class PostgisTest {
    private static final String TABLE = "places";
    private static final int ROWS = 4;

    private static Optional<PostgresServer> server = Optional.empty();

    @BeforeAll
    static void start() {
        server = PostgresServer.startWithExtension("postgis");
        assumeTrue(server.isPresent(), "no PostgreSQL with PostGIS is installed");
    }

    @AfterAll
    static void stop() {
        server.ifPresent(PostgresServer::close);
    }

    @Test
    void aRowThatIsReadLooksLikeTheRowThatWasStreamed() {
        PostgresDatabase database = places();
        try (Capture capture = Capture.start(database)) {
            insert(database);
            capture.awaitStreamed();
            capture.snapshot("r1", TABLE);
            assertThat(capture.end("r1", TABLE))
                    .satisfies(end -> assertThat(end.state()).as(end.toString()).isEqualTo(TopicState.COMPLETED));

            Map<Object, SourceRecord> streamed = TypesTest.byKey(capture, TABLE, "c");
            Map<Object, SourceRecord> read = TypesTest.byKey(capture, TABLE, "r");
            assertThat(read).hasSize(ROWS).hasSameSizeAs(streamed);
            read.forEach((key, row) -> TypesTest.assertSameRow(row, streamed.get(key)));
            assertThat(streamed.values()).allSatisfy(row -> assertThat(row.valueSchema()
                            .field("after")
                            .schema()
                            .field("point")
                            .schema())
                    .isEqualTo(Geometry.builder().optional().build()));
        }
    }

    @Test
    void rowsHaveTheBytesOfTheConverter() throws Exception {
        PostgresDatabase database = places();
        insert(database);
        try (Registry registry = new Registry()) {
            assertThat(EncodedRowsTest.assertSameBytes(database, TABLE, "", "format=json"))
                    .isEqualTo(ROWS);
            assertThat(EncodedRowsTest.assertSameBytes(
                            database, TABLE, "", "format=avro registry.url=" + registry.url()))
                    .isEqualTo(ROWS);
        }
    }

    private static PostgresDatabase places() {
        PostgresDatabase database = server.orElseThrow().createDatabase();
        database.execute(
                "CREATE EXTENSION postgis",
                "CREATE TABLE " + TABLE + " (id int PRIMARY KEY, point geometry(Point, 4326), shape geometry,"
                        + " earth geography(Polygon), raised geometry(PointZ, 3857) NOT NULL, shapes geometry[])");
        return database;
    }

    private static void insert(PostgresDatabase database) {
        database.execute(
                row(1, "POINT(13.4 52.5)", "LINESTRING(0 0, 1 1, 2 1)", "POLYGON((0 0, 1 0, 1 1, 0 0))", "1 2 3"),
                row(
                        2,
                        "POINT EMPTY",
                        "GEOMETRYCOLLECTION(POINT(1 2), LINESTRING(3 4, 5 6))",
                        "POLYGON EMPTY",
                        "0 0 -0"),
                row(
                        3,
                        "POINT(-180 -90)",
                        "MULTIPOLYGON(((0 0, 4 0, 4 4, 0 0)))",
                        "POLYGON((9 9, 8 9, 8 8, 9 9))",
                        "7 8 9"),
                "INSERT INTO " + TABLE + " (id, raised) VALUES (4, ST_GeomFromText('POINT Z (1 1 1)', 3857))");
    }

    private static String row(int id, String point, String shape, String earth, String raised) {
        return "INSERT INTO " + TABLE + " VALUES (" + id + ", ST_GeomFromText('" + point + "', 4326), ST_GeomFromText('"
                + shape + "'), ST_GeogFromText('" + earth + "'), ST_GeomFromText('POINT Z (" + raised
                + ")', 3857), ARRAY[ST_GeomFromText('POINT(1 2)'), NULL])";
    }
}
