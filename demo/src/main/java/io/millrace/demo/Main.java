package io.millrace.demo;

import io.millrace.app.StartProblem;
import io.millrace.testkit.PostgresDatabase;
import io.millrace.testkit.PostgresServer;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import java.util.concurrent.CountDownLatch;

/**
 * {@code ./millrace demo}. Ends with status 0 after the tour with {@code --exit}, and with 1 when a step failed; without
 * it, stays up until it is told to end.
 */
public final class Main {
    private static final int USUAL_PORT = 8080;
    private static final int USUAL_KAFKA_PORT = 9092;
    private static final long SEED = 1;

    private final PrintStream out;
    private final DemoSettings settings;

    private Main(PrintStream out, DemoSettings settings) {
        this.out = out;
        this.settings = settings;
    }

    public static void main(String[] arguments) {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        try {
            new Main(out, DemoSettings.parse(List.of(arguments))).run();
        } catch (IllegalArgumentException | StartProblem | DemoFailure e) {
            out.println("millrace demo: " + e.getMessage());
            System.exit(1);
        } catch (IOException | SQLException e) {
            out.println("millrace demo: " + e);
            System.exit(1);
        }
        System.exit(0);
    }

    private void run() throws IOException, SQLException {
        int port = port("the REST API", settings.port(), USUAL_PORT);
        int kafkaPort = port("Kafka", settings.kafkaPort(), USUAL_KAFKA_PORT);
        Narrator narrator = new Narrator(out, Boolean.getBoolean("millrace.terminal"));
        try (Stage stage = Stage.at(Path.of(System.getProperty("millrace.home", ".")), port, kafkaPort)) {
            Runtime.getRuntime().addShutdownHook(DemoThreads.atEnd(stage::close));
            playOrSayWhy(stage, narrator);
            if (!settings.exit()) {
                stayUp();
            }
        }
    }

    private void playOrSayWhy(Stage stage, Narrator narrator) throws IOException, SQLException {
        try {
            play(stage, narrator);
        } catch (IOException | SQLException | RuntimeException e) {
            if (stage.clearing()) {
                // Told to end in the middle: a step that fails now is no news, and the data is being deleted.
                untilTheEnd();
            }
            if (e instanceof DemoFailure) {
                throw new DemoFailure(
                        e.getMessage() + "\nwhat the platform has to say about it is in " + stage.keepLog(), e);
            }
            throw e;
        }
    }

    private void play(Stage stage, Narrator narrator) throws IOException, SQLException {
        out.println("starting PostgreSQL and filling the shop ...");
        PostgresDatabase database = stage.database();
        Connection shop = stage.begun(database.connect());
        Shop.open(shop, ShopSize.WATCHABLE);
        stage.begun(ShopTraffic.start(database.connect(), ShopSize.WATCHABLE, new Random(SEED)));

        out.println("starting the platform: broker, Connect, REST API ...");
        Api api = stage.platform();
        narrator.step("Get a token");
        narrator.command(new Curl(api.base()).token(stage.credentials()));
        Api signedIn = api.signIn(stage.credentials());
        narrator.say("good for " + signedIn.tokenLife().toHours() + " hours");

        ShopAddress address = address(database);
        Pace pace = new Pace(Clock.systemUTC());
        Tour tour = new Tour(signedIn, narrator, pace);
        WarehouseTour warehouseTour = new WarehouseTour(signedIn, narrator, pace);
        String source = tour.createSource(address);
        WarehouseTour.Link link = warehouseTour.link(source);
        tour.snapshot(source);
        String note = tour.streamedUpdate(source, address, shop);
        Path file = stage.data().resolve("duckdb/warehouse.duckdb");
        try (Warehouse warehouse = Warehouse.at(Path.of(System.getProperty("millrace.home", ".")), file)) {
            warehouseTour.query(link.destination(), warehouse, file, note);
        }
        warehouseTour.prove(link.pipeline());
        out.println();
        out.println("That was the tour.");
    }

    private void stayUp() {
        out.println("The platform stays up, the shop goes on selling. Ctrl-C ends both and deletes their data.");
        untilTheEnd();
    }

    private static void untilTheEnd() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private int port(String what, OptionalInt wanted, int usual) {
        int port = Ports.choose(wanted, usual);
        if (wanted.isEmpty() && port != usual) {
            out.println("port " + usual + " is taken, so " + what + " of the demo gets " + port);
        }
        return port;
    }

    private static ShopAddress address(PostgresDatabase database) {
        return new ShopAddress(
                "127.0.0.1", database.server().port(), database.name(), PostgresServer.USER, PostgresServer.PASSWORD);
    }
}
