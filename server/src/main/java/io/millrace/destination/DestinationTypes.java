package io.millrace.destination;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The kinds of destinations that this installation can write to. */
public final class DestinationTypes {
    private final Map<String, DestinationType> byCode = new TreeMap<>();

    public DestinationTypes(List<DestinationType> types) {
        types.forEach(type -> byCode.put(type.code(), type));
    }

    /** Returns the kind of a connector code, if it can be written to. */
    public Optional<DestinationType> find(String code) {
        return Optional.ofNullable(byCode.get(code));
    }
}
