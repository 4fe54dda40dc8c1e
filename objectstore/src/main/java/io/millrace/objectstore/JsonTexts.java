package io.millrace.objectstore;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The texts, numbers and truths in a JSON document, each by where it stands: {@code error.message}, {@code items.0.name}.
 * Small, since what stores answer is; nulls, and what is empty, are left out.
 */
final class JsonTexts {
    private static final int DEEPEST = 50;
    private static final String SPACE = " \t\r\n";
    private static final int UNICODE_DIGITS = 4;
    private static final int HEXADECIMAL = 16;

    private final String json;
    private final Map<String, String> found = new LinkedHashMap<>();
    private int at;

    private JsonTexts(String json) {
        this.json = json;
    }

    /**
     * Reads a document; one that is a single text stands at {@code ""}.
     *
     * @throws IllegalArgumentException when it is no JSON; the message shows nothing of it
     */
    static Map<String, String> of(String json) {
        JsonTexts texts = new JsonTexts(json);
        texts.value("", 0);
        texts.space();
        if (texts.at < json.length()) {
            throw texts.wrong();
        }
        return texts.found;
    }

    /** Reads what may be no JSON at all. */
    static Optional<String> find(String json, String place) {
        try {
            return Optional.ofNullable(of(json).get(place));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Returns a text as JSON has it. */
    static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char one = text.charAt(i);
            if (one == '"' || one == '\\') {
                quoted.append('\\').append(one);
            } else if (one < ' ') {
                quoted.append(String.format("\\u%04x", (int) one));
            } else {
                quoted.append(one);
            }
        }
        return quoted.append('"').toString();
    }

    private void value(String place, int depth) {
        if (depth > DEEPEST) {
            throw wrong();
        }
        space();
        char first = peek();
        if (first == '{') {
            members(place, depth);
        } else if (first == '[') {
            elements(place, depth);
        } else if (first == '"') {
            found.put(place, text());
        } else {
            String word = word();
            if (!word.equals("null")) {
                found.put(place, word);
            }
        }
    }

    private void members(String place, int depth) {
        at++;
        space();
        if (skip('}')) {
            return;
        }
        do {
            space();
            String name = text();
            space();
            expect(':');
            value(place.isEmpty() ? name : place + "." + name, depth + 1);
            space();
        } while (skip(','));
        expect('}');
    }

    private void elements(String place, int depth) {
        at++;
        space();
        if (skip(']')) {
            return;
        }
        int index = 0;
        do {
            value(place.isEmpty() ? String.valueOf(index) : place + "." + index, depth + 1);
            index++;
            space();
        } while (skip(','));
        expect(']');
    }

    private String text() {
        expect('"');
        StringBuilder text = new StringBuilder();
        while (peek() != '"') {
            char one = json.charAt(at++);
            text.append(one == '\\' ? escaped() : one);
        }
        at++;
        return text.toString();
    }

    private char escaped() {
        char one = peek();
        at++;
        return switch (one) {
            case 'n' -> '\n';
            case 't' -> '\t';
            case 'r' -> '\r';
            case 'b' -> '\b';
            case 'f' -> '\f';
            case '"', '\\', '/' -> one;
            case 'u' -> unicode();
            default -> throw wrong();
        };
    }

    private char unicode() {
        int end = at + UNICODE_DIGITS;
        String digits = end <= json.length() ? json.substring(at, end) : "";
        if (!digits.matches("[0-9a-fA-F]{4}")) {
            throw wrong();
        }
        at = end;
        return (char) Integer.parseInt(digits, HEXADECIMAL);
    }

    private String word() {
        int start = at;
        while (at < json.length()
                && ("+-.".indexOf(json.charAt(at)) >= 0 || Character.isLetterOrDigit(json.charAt(at)))) {
            at++;
        }
        String word = json.substring(start, at);
        if (!word.matches("null|true|false|-?[0-9]+(\\.[0-9]+)?([eE][+-]?[0-9]+)?")) {
            throw wrong();
        }
        return word;
    }

    private void space() {
        while (at < json.length() && SPACE.indexOf(json.charAt(at)) >= 0) {
            at++;
        }
    }

    private boolean skip(char one) {
        boolean there = at < json.length() && json.charAt(at) == one;
        at += there ? 1 : 0;
        return there;
    }

    private void expect(char one) {
        if (!skip(one)) {
            throw wrong();
        }
    }

    private char peek() {
        if (at >= json.length()) {
            throw wrong();
        }
        return json.charAt(at);
    }

    private IllegalArgumentException wrong() {
        return new IllegalArgumentException("is no JSON at character " + at);
    }
}
