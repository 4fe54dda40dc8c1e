package io.millrace.database.postgresql;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The server's plan of a query, which is not run. */
final class Explain {
    private static final Pattern ROWS = Pattern.compile("rows=(\\d+)");
    private static final Pattern INDEX =
            Pattern.compile("Index (?:Only )?Scan (?:Backward )?using (?:\"((?:[^\"]|\"\")+)\"|(\\S+)) on ");
    private static final Pattern WHOLE_SORT = Pattern.compile("^\\s*(?:->\\s+)?Sort\\s*$");

    private static final ObjectMapper JSON = new ObjectMapper();

    private Explain() {}

    /** Returns every text in the plan, each expression among them whole. */
    static List<String> texts(Connection session, String sql) throws SQLException {
        String plan = String.join("\n", lines(session, "EXPLAIN (VERBOSE, COSTS OFF, FORMAT JSON) " + sql));
        try {
            List<String> texts = new ArrayList<>();
            collect(JSON.readTree(plan), texts);
            return texts;
        } catch (JsonProcessingException e) {
            throw new SQLException("The plan is not JSON", e);
        }
    }

    private static void collect(JsonNode node, List<String> texts) {
        if (node.isTextual()) {
            texts.add(node.textValue());
        }
        node.forEach(member -> collect(member, texts));
    }

    /** Returns how many rows the planner expects. */
    static long rows(Connection session, String sql) throws SQLException {
        for (String line : lines(session, "EXPLAIN " + sql)) {
            Matcher matcher = ROWS.matcher(line);
            if (matcher.find()) {
                return Long.parseLong(matcher.group(1));
            }
        }
        throw new SQLException("The plan names no number of rows");
    }

    /** Returns an index that gives rows in the order asked for; empty where the server has to sort them all. */
    static Optional<String> orderingIndex(Connection session, String sql) throws SQLException {
        List<String> plan = lines(session, "EXPLAIN (COSTS OFF) " + sql);
        if (plan.stream().anyMatch(line -> WHOLE_SORT.matcher(line).find())) {
            return Optional.empty();
        }
        return plan.stream()
                .map(INDEX::matcher)
                .filter(Matcher::find)
                .map(found ->
                        found.group(1) == null ? found.group(2) : found.group(1).replace("\"\"", "\""))
                .findFirst();
    }

    private static List<String> lines(Connection session, String sql) throws SQLException {
        try (Statement statement = session.createStatement()) {
            statement.setEscapeProcessing(false);
            try (ResultSet result = statement.executeQuery(sql)) {
                List<String> lines = new ArrayList<>();
                while (result.next()) {
                    lines.add(result.getString(1));
                }
                return lines;
            }
        }
    }
}
