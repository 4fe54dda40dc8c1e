package io.millrace.database.mariadb;

import io.millrace.database.Check;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the server's settings say of its binary log. */
final class ServerChecks {
    private static final Pattern RELEASE = Pattern.compile("(\\d+)\\.(\\d+)");
    private static final int TESTED = 11;

    private final Connection session;
    private final CaptureRequirements wanted;
    private final Product product;
    private final Variables variables;

    ServerChecks(Connection session, CaptureRequirements wanted) throws SQLException {
        this.session = session;
        this.wanted = wanted;
        this.product = Product.of(session);
        this.variables = Variables.of(session);
    }

    /** Returns the checks from {@code server_version} to {@code server_id}. */
    List<Check> run() throws SQLException {
        return List.of(version(), logBin(), format(), rowImage(), rowMetadata(), gtid(), serverId());
    }

    private Check version() throws SQLException {
        String version = session.getMetaData().getDatabaseProductVersion();
        String server = "The server is " + product.title() + " " + version;
        if (product != wanted.product()) {
            return Check.failed(
                    CheckNames.SERVER_VERSION,
                    server + ", and the connector is for " + wanted.product().title() + ".",
                    "Create a source with connector '" + product.title().toLowerCase(Locale.ROOT) + "'.");
        }
        if (product == Product.MYSQL) {
            return Check.warned(
                    CheckNames.SERVER_VERSION,
                    server + ". This connector is not yet verified against a MySQL server.",
                    "Try it out with data that you can do without.");
        }
        Matcher release = RELEASE.matcher(version);
        int major = release.find() ? Integer.parseInt(release.group(1)) : 0;
        int minor = major == 0 ? 0 : Integer.parseInt(release.group(2));
        if (major < 10 || major == 10 && minor < 5) {
            return Check.failed(
                    CheckNames.SERVER_VERSION,
                    server + "; MariaDB 10.5 and later are supported.",
                    "Upgrade the server.");
        }
        return major == TESTED
                ? Check.passed(CheckNames.SERVER_VERSION, server + ".")
                : Check.warned(
                        CheckNames.SERVER_VERSION,
                        server + ", another release than what was tested.",
                        "MariaDB 11.4 is tested; 10.5 and later should do.");
    }

    private Check logBin() throws SQLException {
        if (!variables.isOn("log_bin")) {
            return Check.failed(
                    CheckNames.LOG_BIN,
                    "The binary log is off.",
                    "Put log_bin = binlog and a server_id into the server's configuration; then restart the server.");
        }
        if (variables.isOn("log_bin_compress")) {
            return Check.failed(
                    CheckNames.LOG_BIN,
                    "log_bin_compress is on, and compressed changes cannot be read.",
                    "SET GLOBAL log_bin_compress = OFF; and take it out of the server's configuration.");
        }
        boolean replica =
                variables.word("gtid_slave_pos").filter(pos -> !pos.isEmpty()).isPresent();
        boolean passesOn = variables.isOn("log_slave_updates") || variables.isOn("log_replica_updates");
        return replica && !passesOn
                ? Check.failed(
                        CheckNames.LOG_BIN,
                        "The server is a replica and does not log what it replicates.",
                        "Put log_slave_updates = ON into the server's configuration; then restart the server.")
                : Check.passed(CheckNames.LOG_BIN, "The binary log is on.");
    }

    private Check format() {
        String format = variables.word("binlog_format").orElse("ROW");
        return format.equals("ROW")
                ? Check.passed(CheckNames.BINLOG_FORMAT, "binlog_format is ROW.")
                : Check.failed(
                        CheckNames.BINLOG_FORMAT,
                        "binlog_format is " + format
                                + ", and has to be ROW: statements do not say which rows they changed.",
                        "SET GLOBAL binlog_format = 'ROW'; and put it into the server's configuration. Sessions that are"
                                + " open keep the old format.");
    }

    private Check rowImage() {
        String image = variables.word("binlog_row_image").orElse("FULL");
        return image.equals("FULL")
                ? Check.passed(CheckNames.BINLOG_ROW_IMAGE, "binlog_row_image is " + image + ".")
                : Check.failed(
                        CheckNames.BINLOG_ROW_IMAGE,
                        "binlog_row_image is " + image
                                + ", and has to be FULL: changes would arrive with columns missing.",
                        "SET GLOBAL binlog_row_image = 'FULL'; and put it into the server's configuration. Sessions that"
                                + " are open keep the old image.");
    }

    private Check rowMetadata() {
        return Check.passed(
                CheckNames.BINLOG_ROW_METADATA,
                "binlog_row_metadata is "
                        + variables.word("binlog_row_metadata").orElse("unknown")
                        + "; any value does, since the source keeps the history of the tables itself.");
    }

    private Check gtid() {
        if (product == Product.MARIADB) {
            return variables.isOn("gtid_strict_mode")
                    ? Check.passed(CheckNames.GTID, "GTIDs are on, and strict.")
                    : Check.passed(CheckNames.GTID, "GTIDs are on.");
        }
        boolean on = variables.isOn("gtid_mode") && variables.isOn("enforce_gtid_consistency");
        return on
                ? Check.passed(CheckNames.GTID, "GTIDs are on.")
                : Check.warned(
                        CheckNames.GTID,
                        "gtid_mode is " + variables.word("gtid_mode").orElse("unknown")
                                + "; changes arrive, but snapshots are refused and the source cannot follow to another"
                                + " server.",
                        "Set enforce_gtid_consistency = ON and gtid_mode = ON, one step at a time.");
    }

    private Check serverId() throws SQLException {
        long own = variables.number("server_id").orElse(0);
        if (own == 0) {
            return Check.failed(
                    CheckNames.SERVER_ID,
                    "The server's server_id is 0, so it refuses to hand out its log.",
                    "Put server_id = 1, or another number that no other server has, into the server's configuration;"
                            + " then restart the server.");
        }
        Optional<Long> ours = wanted.serverId();
        if (ours.filter(id -> id == own).isPresent()) {
            return Check.failed(
                    CheckNames.SERVER_ID,
                    "The source would read under the number " + own + ", which is the server's own.",
                    "Give the server another server_id; then restart the server.");
        }
        return Check.passed(
                CheckNames.SERVER_ID,
                "The server's server_id is " + own
                        + ours.map(id -> "; the source reads under " + id).orElse("") + ".");
    }
}
