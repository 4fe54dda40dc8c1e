package io.millrace.http.shape;

import java.util.Arrays;
import java.util.List;

/** A list of words, given as a JSON array or as one comma-separated string; blanks around words and empty words are dropped. */
public record CsvOrList(List<String> values) {
    public CsvOrList {
        values = values.stream()
                .flatMap(value -> Arrays.stream(value.split(",", -1)))
                .map(String::strip)
                .filter(value -> !value.isEmpty())
                .toList();
    }
}
