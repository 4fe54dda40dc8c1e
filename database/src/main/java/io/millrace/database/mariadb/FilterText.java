package io.millrace.database.mariadb;

import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a condition is made of, found by its text, for the server does not say which functions it calls.
 *
 * @param calls names before an opening parenthesis, in lower case; those of another database's functions with a dot
 * @param words all names outside of quotes, in lower case
 * @param hasVariables whether it reads or sets a variable
 * @param hasHiddenCode whether it has a comment that the server runs
 */
record FilterText(Set<String> calls, Set<String> words, boolean hasVariables, boolean hasHiddenCode) {
    private static final String SPACE = "(?:\\s|/\\*.*?\\*/|#[^\n]*\n|--[ \t][^\n]*\n)*";

    /** A text, a comment, or a name with what may stand before and behind it. */
    private static final Pattern TOKEN = Pattern.compile(
            "'(?:[^'\\\\]++|''|\\\\.)*+'|\"(?:[^\"\\\\]++|\"\"|\\\\.)*+\"|(?<code>/\\*M?!)|/\\*.*?\\*/|#[^\n]*|--[ \t][^\n]*|(?<variable>@)"
                    + "|(?<name>(?:`(?:[^`]|``)+`|[\\p{L}_$][\\p{L}\\p{N}_$]*)(?:" + SPACE + "\\." + SPACE
                    + "(?:`(?:[^`]|``)+`|[\\p{L}_$][\\p{L}\\p{N}_$]*))*)(?<call>" + SPACE + "\\()?",
            Pattern.DOTALL);

    FilterText {
        calls = Set.copyOf(calls);
        words = Set.copyOf(words);
    }

    static FilterText of(String filter) {
        Set<String> calls = new TreeSet<>();
        Set<String> words = new TreeSet<>();
        boolean variables = false;
        boolean code = false;
        Matcher matcher = TOKEN.matcher(filter + "\n");
        while (matcher.find()) {
            code |= matcher.group("code") != null;
            variables |= matcher.group("variable") != null;
            if (matcher.group("name") != null) {
                String name = matcher.group("name")
                        .replaceAll("(?s)/\\*.*?\\*/|\\s|#[^\n]*\n|--[ \t][^\n]*\n", "")
                        .replace("`", "")
                        .toLowerCase(Locale.ROOT);
                words.add(name);
                if (matcher.group("call") != null) {
                    calls.add(name);
                }
            }
        }
        return new FilterText(calls, words, variables, code);
    }
}
