package io.millrace.connect.snapshot.mysql;

import io.debezium.config.Configuration;
import io.debezium.connector.binlog.BinlogConnectorConfig;
import io.debezium.connector.binlog.charset.BinlogCharsetRegistry;
import io.debezium.connector.binlog.jdbc.BinlogConnectorConnection;
import io.debezium.connector.mysql.Module;
import io.debezium.connector.mysql.MySqlConnectorConfig;
import io.debezium.connector.mysql.antlr.MySqlAntlrDdlParser;
import io.debezium.connector.mysql.jdbc.MySqlConnection;
import io.debezium.connector.mysql.jdbc.MySqlConnectionConfiguration;
import io.debezium.connector.mysql.jdbc.MySqlDefaultValueConverter;
import io.debezium.connector.mysql.jdbc.MySqlFieldReaderResolver;
import io.debezium.connector.mysql.jdbc.MySqlValueConverters;
import io.debezium.relational.CustomConverterRegistry;
import io.debezium.relational.TableSchemaBuilder;
import io.debezium.relational.Tables.TableFilter;
import io.debezium.relational.ddl.DdlParser;
import io.millrace.connect.snapshot.TableUnreadableException;
import io.millrace.connect.snapshot.binlog.Dialect;
import io.millrace.connect.snapshot.binlog.LogView;
import io.millrace.connect.snapshot.binlog.ReaderSession;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.kafka.connect.data.Struct;

/** What MySQL does in its own way. A transaction's number comes from its GTID. */
final class MySqlDialect implements Dialect {
    private static final List<String> PINNED = List.of(
            "SET time_zone = '+00:00', sql_mode = '', autocommit = 1, max_execution_time = 0,"
                    + " sql_select_limit = DEFAULT",
            "SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ");

    private static final int LOOKS_WHILE_SETTLING = 600;

    /** Read as: try again for as long as it takes. */
    private static final String NOT_YET = "08000";

    private final GtidNumbers gtids = new GtidNumbers();
    private final Configuration configuration;
    private final MySqlConnectorConfig config;

    MySqlDialect(Map<String, String> config) {
        this.configuration = Configuration.from(config);
        this.config = new MySqlConnectorConfig(configuration);
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
                .build();
        return new MySqlConnection(new MySqlConnectionConfiguration(timed), MySqlFieldReaderResolver.resolve(config));
    }

    /** The driver closes its socket when a connection is aborted. */
    @Override
    public Optional<AutoCloseable> newestSocket() {
        return Optional.empty();
    }

    @Override
    public DdlParser parser() {
        return new MySqlAntlrDdlParser(
                true,
                false,
                config.isSchemaCommentsHistoryEnabled(),
                TableFilter.includeAll(),
                config.getServiceRegistry().getService(BinlogCharsetRegistry.class));
    }

    @Override
    public TableSchemaBuilder schemas() {
        MySqlValueConverters converters = new MySqlValueConverters(
                config.getDecimalMode(),
                config.getTemporalPrecisionMode(),
                config.getBigIntUnsignedHandlingMode().asBigIntUnsignedMode(),
                config.binaryHandlingMode(),
                config.isTimeAdjustedEnabled() ? MySqlValueConverters::adjustTemporal : temporal -> temporal,
                config.getEventConvertingFailureHandlingMode(),
                config.getServiceRegistry());
        return new TableSchemaBuilder(
                converters,
                new MySqlDefaultValueConverter(converters),
                config.schemaNameAdjuster(),
                new CustomConverterRegistry(List.of()),
                config.getSourceInfoStructMaker().schema(),
                config.getFieldNamer(),
                false,
                config.getEventConvertingFailureHandlingMode());
    }

    /** The driver's sign for rows one by one. */
    @Override
    public int fetchSize() {
        return Integer.MIN_VALUE;
    }

    @Override
    public List<String> pinned() {
        return PINNED;
    }

    @Override
    public LogView beginView(ReaderSession session) throws SQLException, TableUnreadableException {
        if (!text(session, "SELECT @@gtid_mode").startsWith("ON")) {
            throw new TableUnreadableException(
                    "The server has no GTIDs, without which reads cannot be compared with its"
                            + " log. Turn them on (gtid_mode and enforce_gtid_consistency).");
        }
        String committed = text(session, "SELECT @@global.gtid_executed");
        session.execute("START TRANSACTION WITH CONSISTENT SNAPSHOT");
        return new LogView(gtids.in(committed), session.logEnd());
    }

    /** What is in the log and not committed has an owner. */
    @Override
    public void settle(ReaderSession session) throws SQLException {
        Set<String> before = owned(session);
        for (int look = 0; look < LOOKS_WHILE_SETTLING; look++) {
            Set<String> still = owned(session);
            still.retainAll(before);
            if (still.isEmpty()) {
                return;
            }
            session.pause();
        }
        throw new SQLException("Transactions that are in the log cannot be seen yet; they wait for a replica", NOT_YET);
    }

    /** Returns {@code uuid:number#thread} of each that is on its way. */
    private static Set<String> owned(ReaderSession session) throws SQLException {
        String all = text(session, "SELECT @@global.gtid_owned");
        Set<String> owned = new HashSet<>(List.of(all.replaceAll("\\s", "").split(",", -1)));
        owned.remove("");
        return owned;
    }

    private static String text(ReaderSession session, String query) throws SQLException {
        return session.query(query, result -> {
            result.next();
            return result.getString(1);
        });
    }

    @Override
    public OptionalLong transaction(Map<String, ?> offset, Struct source) {
        String gtid = source.getString("gtid");
        return gtid == null || gtid.isEmpty() ? OptionalLong.empty() : OptionalLong.of(gtids.of(gtid));
    }
}
