package io.millrace.database.compare;

/** A number of 64 bits for a sequence of values. Not for secrets: whoever wants two sequences with one number finds them. */
final class Digest {
    private static final long OFFSET = 0xcbf29ce484222325L;
    private static final long PRIME = 0x100000001b3L;

    private long state = OFFSET;

    /** Returns the number of one text. */
    static long of(String text) {
        Digest digest = new Digest();
        digest.add(text);
        return digest.value();
    }

    void add(String text) {
        long hash = OFFSET ^ text.length();
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * PRIME;
        }
        add(hash);
    }

    void add(long number) {
        state = (state ^ mixed(number)) * PRIME;
    }

    long value() {
        return mixed(state);
    }

    /** Finalizer of SplitMix64, by Steele, Lea and Flood. */
    private static long mixed(long number) {
        long mixed = (number ^ (number >>> 30)) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
        return mixed ^ (mixed >>> 31);
    }
}
