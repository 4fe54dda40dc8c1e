package io.millrace.connector;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Comma-separated lists; blanks around items do not count, and {@code \,} is a comma inside an item. */
public final class NameList {
    private NameList() {}

    /** Returns the items, in order. */
    public static List<String> split(Optional<String> list) {
        List<String> items = new ArrayList<>();
        for (String item : list.orElse("").split("(?<!\\\\),", -1)) {
            String name = item.strip().replace("\\,", ",");
            if (!name.isEmpty()) {
                items.add(name);
            }
        }
        return items;
    }

    /** Returns a pattern that matches the name and nothing else; no character in it means anything to a list. */
    public static String literal(String name) {
        StringBuilder pattern = new StringBuilder();
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c < 0x80 && (Character.isLetterOrDigit(c) || c == '_')) {
                pattern.append(c);
            } else {
                pattern.append("\\u").append("%04X".formatted((int) c));
            }
        }
        return pattern.toString();
    }
}
