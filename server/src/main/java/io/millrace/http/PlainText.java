package io.millrace.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;

/** Text that every store and every encoder takes: no U+0000, no half of a surrogate pair. */
final class PlainText {
    private PlainText() {}

    static boolean is(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else if (c == 0 || Character.isSurrogate(c)) {
                return false;
            }
        }
        return true;
    }

    /** Returns whether all names and strings in the tree are plain. */
    static boolean is(JsonNode tree) {
        Deque<JsonNode> left = new ArrayDeque<>();
        left.push(tree);
        while (!left.isEmpty()) {
            JsonNode node = left.pop();
            if (node.isTextual() && !is(node.textValue())) {
                return false;
            }
            for (Map.Entry<String, JsonNode> member : node.properties()) {
                if (!is(member.getKey())) {
                    return false;
                }
            }
            node.forEach(left::push);
        }
        return true;
    }
}
