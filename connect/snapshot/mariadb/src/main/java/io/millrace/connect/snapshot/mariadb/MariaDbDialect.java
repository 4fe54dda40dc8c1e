package io.millrace.connect.snapshot.mariadb;

import io.debezium.config.Configuration;
import io.debezium.connector.binlog.BinlogConnectorConfig;
import io.debezium.connector.binlog.charset.BinlogCharsetRegistry;
import io.debezium.connector.binlog.jdbc.BinlogConnectorConnection;
import io.debezium.connector.mariadb.MariaDbConnectorConfig;
import io.debezium.connector.mariadb.Module;
import io.debezium.connector.mariadb.antlr.MariaDbAntlrDdlParser;
import io.debezium.connector.mariadb.jdbc.MariaDbConnection;
import io.debezium.connector.mariadb.jdbc.MariaDbConnectionConfiguration;
import io.debezium.connector.mariadb.jdbc.MariaDbDefaultValueConverter;
import io.debezium.connector.mariadb.jdbc.MariaDbFieldReader;
import io.debezium.connector.mariadb.jdbc.MariaDbValueConverters;
import io.debezium.relational.CustomConverterRegistry;
import io.debezium.relational.TableSchemaBuilder;
import io.debezium.relational.Tables.TableFilter;
import io.debezium.relational.ddl.DdlParser;
import io.millrace.connect.snapshot.TableUnreadableException;
import io.millrace.connect.snapshot.binlog.ComparableSnapshots;
import io.millrace.connect.snapshot.binlog.Dialect;
import io.millrace.connect.snapshot.binlog.LogView;
import io.millrace.connect.snapshot.binlog.Place;
import io.millrace.connect.snapshot.binlog.ReaderSession;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.connect.data.Struct;

/** What MariaDB does in its own way. A transaction's number is the place where it begins in the log. */
final class MariaDbDialect implements Dialect {
    private static final List<String> PINNED = List.of(
            "SET time_zone = '+00:00', sql_mode = '', autocommit = 1, max_statement_time = 0,"
                    + " sql_select_limit = DEFAULT",
            "SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ");

    private static final List<String> KEEPING = List.of("SET net_write_timeout = 604800, wait_timeout = 604800,"
            + " idle_transaction_timeout = 0, idle_readonly_transaction_timeout = 0, lock_wait_timeout = 2");

    private static final int LOOKS_WHILE_SETTLING = 600;

    /** Read as: try again for as long as it takes. */
    private static final String NOT_YET = "08000";

    private final Configuration configuration;
    private final MariaDbConnectorConfig config;

    /** Snapshots of which the place in the log is known. */
    private final ComparableSnapshots snapshots = new ComparableSnapshots() {
        @Override
        public List<String> keeping() {
            return KEEPING;
        }

        @Override
        public void take(ReaderSession session) throws SQLException {
            session.execute("START TRANSACTION WITH CONSISTENT SNAPSHOT");
        }

        @Override
        public LogView look(ReaderSession session) throws SQLException, TableUnreadableException {
            return lookAt(session);
        }

        @Override
        public boolean isKept(ReaderSession session) throws SQLException {
            return session.query("SELECT @@in_transaction", result -> result.next() && result.getInt(1) == 1);
        }
    };

    MariaDbDialect(Map<String, String> config) {
        this.configuration = Configuration.from(config);
        this.config = new MariaDbConnectorConfig(configuration);
    }

    @Override
    public BinlogConnectorConfig config() {
        return config;
    }

    @Override
    public String connectorName() {
        return Module.name();
    }

    @Override
    public String version() {
        return Module.version();
    }

    @Override
    public BinlogConnectorConnection connection(Duration answersWithin) {
        Configuration timed = configuration
                .edit()
                .with("driver.socketTimeout", answersWithin.toMillis())
                .with("driver.socketFactory", NotedSockets.class.getName())
                .build();
        return new MariaDbConnection(new MariaDbConnectionConfiguration(timed), new MariaDbFieldReader(config));
    }

    @Override
    public Optional<AutoCloseable> newestSocket() {
        return NotedSockets.takeNewest();
    }

    @Override
    public DdlParser parser() {
        return new MariaDbAntlrDdlParser(
                true,
                false,
                config.isSchemaCommentsHistoryEnabled(),
                TableFilter.includeAll(),
                config.getServiceRegistry().getService(BinlogCharsetRegistry.class));
    }

    @Override
    public TableSchemaBuilder schemas() {
        MariaDbValueConverters converters = new MariaDbValueConverters(
                config.getDecimalMode(),
                config.getTemporalPrecisionMode(),
                config.getBigIntUnsignedHandlingMode().asBigIntUnsignedMode(),
                config.binaryHandlingMode(),
                config.isTimeAdjustedEnabled() ? MariaDbValueConverters::adjustTemporal : temporal -> temporal,
                config.getEventConvertingFailureHandlingMode(),
                config.getServiceRegistry());
        return new TableSchemaBuilder(
                converters,
                new MariaDbDefaultValueConverter(converters),
                config.schemaNameAdjuster(),
                new CustomConverterRegistry(List.of()),
                config.getSourceInfoStructMaker().schema(),
                config.getFieldNamer(),
                false,
                config.getEventConvertingFailureHandlingMode());
    }

    /** The driver holds so many in memory, however wide they are. */
    @Override
    public int fetchSize() {
        return 16;
    }

    @Override
    public List<String> pinned() {
        return PINNED;
    }

    @Override
    public LogView beginView(ReaderSession session) throws SQLException, TableUnreadableException {
        snapshots.take(session);
        return lookAt(session);
    }

    @Override
    public Optional<ComparableSnapshots> comparableSnapshots() {
        return Optional.of(snapshots);
    }

    private static LogView lookAt(ReaderSession session) throws SQLException, TableUnreadableException {
        Place end = snapshotPlace(session)
                .orElseThrow(() -> new TableUnreadableException(
                        "The server has no binary log. Turn it on (log_bin), with whole rows in it."));
        long number = end.number();
        return new LogView(transaction -> transaction < number, end);
    }

    private static Optional<Place> snapshotPlace(ReaderSession session) throws SQLException {
        Map<String, String> status = session.query(
                "SHOW STATUS LIKE 'binlog_snapshot_%'",
                result -> {
                    Map<String, String> found = new HashMap<>();
                    while (result.next()) {
                        found.put(result.getString(1).toLowerCase(Locale.ROOT), result.getString(2));
                    }
                    return found;
                });
        String file = status.getOrDefault("binlog_snapshot_file", "");
        return file.isEmpty()
                ? Optional.empty()
                : Optional.of(new Place(file, Long.parseLong(status.get("binlog_snapshot_position"))));
    }

    /** A transaction is in the log before it is in snapshots: for long, where it waits for a replica in between. */
    @Override
    public void settle(ReaderSession session) throws SQLException {
        long end = session.logEnd().number();
        for (int look = 0; look < LOOKS_WHILE_SETTLING; look++) {
            snapshots.take(session);
            Optional<Place> place = snapshotPlace(session);
            session.execute("ROLLBACK");
            if (place.isEmpty() || place.get().number() >= end) {
                return;
            }
            session.pause();
        }
        throw new SQLException("Transactions that are in the log cannot be seen yet; they wait for a replica", NOT_YET);
    }

    @Override
    public OptionalLong transaction(Map<String, ?> offset, Struct source) {
        return Place.ofOffset(offset);
    }
}
