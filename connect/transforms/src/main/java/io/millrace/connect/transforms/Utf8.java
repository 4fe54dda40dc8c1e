package io.millrace.connect.transforms;

/** Sizes of text in UTF-8, without encoding it. A surrogate without its other half counts as the one byte of a '?'. */
final class Utf8 {
    private static final int MOST_FOR_A_CHAR = 3;

    private Utf8() {}

    /** Returns whether {@code text} is at most {@code bytes} long. Quick for what is far from the limit. */
    static boolean fits(String text, int bytes) {
        if ((long) text.length() * MOST_FOR_A_CHAR <= bytes) {
            return true;
        }
        return text.length() <= bytes && prefix(text, bytes) == text.length();
    }

    static long length(String text) {
        long bytes = 0;
        for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            bytes += length(text.codePointAt(i));
        }
        return bytes;
    }

    /** Returns the longest beginning of {@code text} of whole characters that is at most {@code bytes} long. */
    static String cut(String text, int bytes) {
        return text.substring(0, prefix(text, bytes));
    }

    private static int prefix(String text, int bytes) {
        int used = 0;
        int i = 0;
        while (i < text.length()) {
            int character = text.codePointAt(i);
            used += length(character);
            if (used > bytes) {
                return i;
            }
            i += Character.charCount(character);
        }
        return i;
    }

    private static int length(int character) {
        if (character < 0x80) {
            return 1;
        }
        if (character < 0x800) {
            return 2;
        }
        if (character >= Character.MIN_SUPPLEMENTARY_CODE_POINT) {
            return 4;
        }
        return Character.isSurrogate((char) character) ? 1 : 3;
    }
}
