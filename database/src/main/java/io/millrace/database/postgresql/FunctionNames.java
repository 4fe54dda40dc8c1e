package io.millrace.database.postgresql;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the functions that an expression calls, as the server writes expressions in a plan. */
final class FunctionNames {
    /** A literal, which is skipped; or a name, quoted or not, before an opening parenthesis. */
    private static final Pattern CALL =
            Pattern.compile("E?'(?:[^']|'')*'|\"((?:[^\"]|\"\")+)\"(\\()?|([\\p{L}_][\\p{L}\\p{N}_$]*)(\\()?");

    private FunctionNames() {}

    /** Returns the names, without schema; some may be those of other things than functions. */
    static Set<String> in(String text) {
        Set<String> names = new LinkedHashSet<>();
        Matcher matcher = CALL.matcher(text);
        while (matcher.find()) {
            if (matcher.group(2) != null) {
                names.add(matcher.group(1).replace("\"\"", "\""));
            } else if (matcher.group(4) != null) {
                names.add(matcher.group(3));
            }
        }
        return names;
    }
}
