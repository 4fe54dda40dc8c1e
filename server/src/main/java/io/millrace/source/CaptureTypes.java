package io.millrace.source;

import io.millrace.connector.PluginMissingException;
import io.millrace.http.ApiProblem;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The kinds of databases that this installation can capture. */
public final class CaptureTypes {
    private final Map<String, CaptureType> byCode = new TreeMap<>();

    public CaptureTypes(List<CaptureType> types) {
        types.forEach(type -> byCode.put(type.code(), type));
    }

    /** Returns the kind of a connector code, if it can be captured. */
    public Optional<CaptureType> find(String code) {
        return Optional.ofNullable(byCode.get(code));
    }

    /** Returns the kind of a connector code; refuses one that is not installed. */
    public CaptureType of(String code) {
        return find(code).orElseThrow(() -> new ApiProblem.BadRequest(PluginMissingException.reason(code)));
    }
}
