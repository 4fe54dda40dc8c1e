package io.millrace.snapshot;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;

/**
 * Keys of a table by 128-bit digests, and of each whether a topic holds it: 17 bytes for each place, at least two places
 * for each key. Not thread-safe.
 */
final class KeySet {
    private static final byte FREE = 0;
    private static final byte MISSING = 1;
    private static final byte HELD = 2;
    /** As {@link #HELD}, and the next tombstone is none of its end. */
    private static final byte HELD_AND_SPARED = 3;

    private final MessageDigest digest;
    private final long[] first;
    private final long[] second;
    private final byte[] states;
    private int size;
    private long held;

    /**
     * Makes an empty set.
     *
     * @param most keys that it can take
     */
    KeySet(int most) {
        int places = Integer.highestOneBit(Math.max(8, most)) * 4;
        first = new long[places];
        second = new long[places];
        states = new byte[places];
        try {
            digest = MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has MD5", e);
        }
    }

    /** Adds a key that the topic is not known to hold. */
    void add(List<String> key) {
        if (size >= states.length / 2) {
            throw new IllegalStateException("the set is full with " + size + " keys");
        }
        int place = place(key);
        if (states[place] == FREE) {
            states[place] = MISSING;
            size++;
        }
    }

    /** The topic has a row of the key; nothing happens for a key that is none of the set. */
    void delivered(List<String> key) {
        change(key, HELD);
    }

    /** The topic has the end of the key's row. */
    void deleted(List<String> key) {
        change(key, MISSING);
    }

    /** The topic has the end of the key's row, which the table still had when it was looked at; it does not count. */
    void deletedLater(List<String> key) {
        int place = place(key);
        if (states[place] == HELD) {
            states[place] = HELD_AND_SPARED;
        }
    }

    /** The topic has a tombstone: the end of the row, unless it belongs to an end that does not count. */
    void tombstone(List<String> key) {
        int place = place(key);
        if (states[place] != HELD_AND_SPARED) {
            change(key, MISSING);
        }
    }

    /** Every row that was delivered so far is gone. */
    void truncated() {
        for (int place = 0; place < states.length; place++) {
            states[place] = states[place] == FREE ? FREE : MISSING;
        }
        held = 0;
    }

    int size() {
        return size;
    }

    /** Returns how many keys the topic holds. */
    long held() {
        return held;
    }

    private void change(List<String> key, byte state) {
        int place = place(key);
        if (states[place] != FREE) {
            held += (state == MISSING ? 0 : 1) - (states[place] == MISSING ? 0 : 1);
            states[place] = state;
        }
    }

    /** Returns the place of a key: where it is, or where it would go, with its digest written there. */
    private int place(List<String> key) {
        digest.reset();
        for (String part : key) {
            byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
            digest.update(
                    ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
            digest.update(bytes);
        }
        ByteBuffer sum = ByteBuffer.wrap(digest.digest());
        long a = sum.getLong();
        long b = sum.getLong();
        int place = (int) a & (states.length - 1);
        while (states[place] != FREE && (first[place] != a || second[place] != b)) {
            place = (place + 1) & (states.length - 1);
        }
        if (states[place] == FREE) {
            first[place] = a;
            second[place] = b;
        }
        return place;
    }
}
