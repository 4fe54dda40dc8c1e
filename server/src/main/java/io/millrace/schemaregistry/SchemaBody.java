package io.millrace.schemaregistry;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.http.shape.Member;
import java.util.List;
import java.util.Optional;

/** A schema in a request of the Confluent protocol. */
public record SchemaBody(
        Optional<String> schema,
        @Member("schemaType") Optional<String> schemaType,
        Optional<List<JsonNode>> references) {

    /** Reads the schema; refuses what is not Avro, and Avro that is spread over several subjects. */
    AvroText avro(boolean normalize) {
        String type = schemaType.orElse("AVRO");
        if (!type.equals("AVRO")) {
            throw RegistryProblems.invalidSchema("schemaType '" + type + "' is not supported, only AVRO is");
        }
        if (references.filter(list -> !list.isEmpty()).isPresent()) {
            throw RegistryProblems.invalidSchema(
                    "references to other subjects are not supported; put the named types into the schema itself");
        }
        AvroText avro = AvroText.parse(schema.orElse(""));
        return normalize ? avro.normalized() : avro;
    }
}
