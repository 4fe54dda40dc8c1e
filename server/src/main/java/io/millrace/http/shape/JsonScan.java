package io.millrace.http.shape;

import java.io.Serial;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Walks over a JSON text as Python's {@code json} module does. It keeps no values and its own stack, so depth is free. */
final class JsonScan {
    private static final Pattern SCALAR =
            Pattern.compile("null|true|false|NaN|-?Infinity|-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][-+]?[0-9]+)?");

    private final String text;
    private final Deque<Character> open = new ArrayDeque<>();
    private int at;

    JsonScan(String text) {
        this.text = text;
    }

    /** The first mistake. */
    static final class Mistake extends Exception {
        @Serial
        private static final long serialVersionUID = 1L;

        private final int index;

        Mistake(int index, String words) {
            super(words, null, false, false);
            this.index = index;
        }

        int index() {
            return index;
        }

        String words() {
            return String.valueOf(getMessage());
        }
    }

    /** Walks over the whole text. */
    void document() throws Mistake {
        blank();
        value();
        while (!open.isEmpty()) {
            afterValue();
        }
        blank();
        if (at < text.length()) {
            throw new Mistake(at, "Extra data");
        }
    }

    /** Walks over a value, or into an object or list up to the end of its first scalar. */
    private void value() throws Mistake {
        while (true) {
            char c = peek();
            if (c == '"') {
                at++;
                string();
                return;
            }
            if (c != '{' && c != '[') {
                scalar();
                return;
            }
            at++;
            blank();
            if (peek() == (c == '{' ? '}' : ']')) {
                at++;
                return;
            }
            open.push(c);
            if (c == '{') {
                name();
            }
        }
    }

    private void afterValue() throws Mistake {
        boolean object = open.element() == '{';
        blank();
        char c = peek();
        if (c == (object ? '}' : ']')) {
            at++;
            open.pop();
            return;
        }
        if (c != ',') {
            throw new Mistake(at, "Expecting ',' delimiter");
        }
        at++;
        blank();
        if (object) {
            name();
        }
        value();
    }

    private void name() throws Mistake {
        if (peek() != '"') {
            throw new Mistake(at, "Expecting property name enclosed in double quotes");
        }
        at++;
        string();
        blank();
        if (peek() != ':') {
            throw new Mistake(at, "Expecting ':' delimiter");
        }
        at++;
        blank();
    }

    private void scalar() throws Mistake {
        Matcher scalar = SCALAR.matcher(text).region(at, text.length());
        if (!scalar.lookingAt()) {
            throw new Mistake(at, "Expecting value");
        }
        at = scalar.end();
    }

    private void string() throws Mistake {
        int begin = at - 1;
        while (true) {
            if (at >= text.length()) {
                throw new Mistake(begin, "Unterminated string starting at");
            }
            char c = text.charAt(at);
            if (c == '"') {
                at++;
                return;
            }
            if (c < ' ') {
                throw new Mistake(at, "Invalid control character at");
            }
            at++;
            if (c == '\\') {
                escape(begin);
            }
        }
    }

    private void escape(int begin) throws Mistake {
        if (at >= text.length()) {
            throw new Mistake(begin, "Unterminated string starting at");
        }
        char c = text.charAt(at);
        if (c == 'u') {
            if (at + 5 > text.length() || !text.substring(at + 1, at + 5).matches("[0-9a-fA-F]{4}")) {
                throw new Mistake(at, "Invalid \\uXXXX escape");
            }
            at += 5;
        } else if ("\"\\/bfnrt".indexOf(c) >= 0) {
            at++;
        } else {
            throw new Mistake(at - 1, "Invalid \\escape");
        }
    }

    private void blank() {
        while (at < text.length() && " \t\n\r".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private char peek() {
        return at < text.length() ? text.charAt(at) : '\0';
    }
}
