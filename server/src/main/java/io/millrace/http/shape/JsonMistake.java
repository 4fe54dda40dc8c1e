package io.millrace.http.shape;

/**
 * The first mistake in a JSON text, in the words and at the character where Python's {@code json} module reports it.
 *
 * @param position index of the code point, from 0
 */
record JsonMistake(int position, String message) {

    /** Finds the mistake in a text that is not JSON. */
    static JsonMistake in(String text) {
        JsonScan scan = new JsonScan(text);
        try {
            scan.document();
        } catch (JsonScan.Mistake e) {
            return new JsonMistake(text.codePointCount(0, Math.min(e.index(), text.length())), e.words());
        }
        // Valid for Python, not for us: NaN, Infinity, or nested or long beyond our bounds.
        return new JsonMistake(0, "Expecting value");
    }
}
