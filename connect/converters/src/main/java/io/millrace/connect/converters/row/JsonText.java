package io.millrace.connect.converters.row;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Strings as Jackson writes them in UTF-8: the short escapes where there are any, other control characters and whatever
 * needs two UTF-16 units as {@code \}{@code uXXXX} with upper-case digits, everything else as it is.
 */
final class JsonText {
    private static final byte[] HEX = "0123456789ABCDEF".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] BASE64 =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".getBytes(StandardCharsets.US_ASCII);

    /** What to do with a byte: 0 copy it, -1 escape it by number, 1 it leads four bytes, else the short escape. */
    private static final byte[] ACTIONS = actions();

    private static final byte BY_NUMBER = -1;
    private static final byte FOUR_BYTES = 1;

    private JsonText() {}

    private static byte[] actions() {
        byte[] actions = new byte[256];
        Arrays.fill(actions, 0, 0x20, BY_NUMBER);
        Arrays.fill(actions, 0xF0, 0xF8, FOUR_BYTES);
        actions['"'] = '"';
        actions['\\'] = '\\';
        actions['\b'] = 'b';
        actions['\f'] = 'f';
        actions['\n'] = 'n';
        actions['\r'] = 'r';
        actions['\t'] = 't';
        return actions;
    }

    /** Writes valid UTF-8 as a string in quotes. */
    static void write(byte[] utf8, int offset, int length, ByteSink out) {
        out.write('"');
        int end = offset + length;
        int copied = offset;
        for (int at = offset; at < end; at++) {
            byte action = ACTIONS[utf8[at] & 0xFF];
            if (action != 0) {
                out.write(utf8, copied, at - copied);
                if (action == FOUR_BYTES) {
                    writePair(utf8, at, out);
                    at += 3;
                } else if (action == BY_NUMBER) {
                    writeUnit(utf8[at], out);
                } else {
                    out.write('\\');
                    out.write(action);
                }
                copied = at + 1;
            }
        }
        out.write(utf8, copied, end - copied);
        out.write('"');
    }

    private static void writePair(byte[] utf8, int at, ByteSink out) {
        int character = (utf8[at] & 0x07) << 18
                | (utf8[at + 1] & 0x3F) << 12
                | (utf8[at + 2] & 0x3F) << 6
                | (utf8[at + 3] & 0x3F);
        writeUnit(Character.highSurrogate(character), out);
        writeUnit(Character.lowSurrogate(character), out);
    }

    private static void writeUnit(int unit, ByteSink out) {
        out.write('\\');
        out.write('u');
        for (int shift = 12; shift >= 0; shift -= 4) {
            out.write(HEX[unit >> shift & 0xF]);
        }
    }

    /** Writes bytes as base64 in quotes, padded, on one line. */
    static void writeBase64(byte[] bytes, int offset, int length, ByteSink out) {
        out.write('"');
        int end = offset + length;
        int at = offset;
        for (; at + 2 < end; at += 3) {
            int three = (bytes[at] & 0xFF) << 16 | (bytes[at + 1] & 0xFF) << 8 | (bytes[at + 2] & 0xFF);
            out.write(BASE64[three >> 18]);
            out.write(BASE64[three >> 12 & 0x3F]);
            out.write(BASE64[three >> 6 & 0x3F]);
            out.write(BASE64[three & 0x3F]);
        }
        if (at < end) {
            boolean two = end - at == 2;
            int rest = (bytes[at] & 0xFF) << 16 | (two ? (bytes[at + 1] & 0xFF) << 8 : 0);
            out.write(BASE64[rest >> 18]);
            out.write(BASE64[rest >> 12 & 0x3F]);
            out.write(two ? BASE64[rest >> 6 & 0x3F] : '=');
            out.write('=');
        }
        out.write('"');
    }
}
