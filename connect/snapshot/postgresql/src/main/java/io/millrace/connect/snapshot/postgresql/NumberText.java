package io.millrace.connect.snapshot.postgresql;

import java.nio.charset.StandardCharsets;

/** Numbers from the text of the database. */
final class NumberText {
    /** Digits that a long always holds. */
    static final int LONG_DIGITS = 18;

    /** Whole numbers and powers of ten up to here are exact as a double, and so is nothing lost in their quotient. */
    private static final int EXACT_DIGITS = 15;

    private static final double[] POWERS = powers();

    private NumberText() {}

    private static double[] powers() {
        double[] powers = new double[EXACT_DIGITS + 1];
        double power = 1;
        for (int i = 0; i < powers.length; i++) {
            powers[i] = power;
            power *= 10;
        }
        return powers;
    }

    /** Returns a whole number, which must be one in the range of a long. */
    static long whole(byte[] text, int start, int length) {
        int end = start + length;
        boolean negative = text[start] == '-';
        long number = 0;
        // counted below zero, where the smallest number has a place too
        for (int i = negative ? start + 1 : start; i < end; i++) {
            number = number * 10 - (text[i] - '0');
        }
        return negative ? number : -number;
    }

    /** Returns whether the text is digits, with a sign before and a point between them at most. */
    static boolean isPlain(byte[] text, int start, int length) {
        for (int i = start; i < start + length; i++) {
            byte c = text[i];
            if ((c < '0' || c > '9') && c != '.' && !(c == '-' && i == start)) {
                return false;
            }
        }
        return length > 0;
    }

    /** Returns how many digits stand behind the point. */
    static int scale(byte[] text, int start, int length) {
        for (int i = start + length - 1; i >= start; i--) {
            if (text[i] == '.') {
                return start + length - 1 - i;
            }
        }
        return 0;
    }

    /** Returns a plain number without its point; it must have {@value #LONG_DIGITS} digits at most. */
    static long unscaled(byte[] text, int start, int length) {
        boolean negative = text[start] == '-';
        long number = 0;
        for (int i = negative ? start + 1 : start; i < start + length; i++) {
            if (text[i] != '.') {
                number = number * 10 + (text[i] - '0');
            }
        }
        return negative ? -number : number;
    }

    static double floating(byte[] text, int start, int length) {
        if (length <= EXACT_DIGITS && isPlain(text, start, length)) {
            double digits = Math.abs(unscaled(text, start, length));
            double number = digits / POWERS[scale(text, start, length)];
            return text[start] == '-' ? -number : number;
        }
        return Double.parseDouble(new String(text, start, length, StandardCharsets.ISO_8859_1));
    }
}
