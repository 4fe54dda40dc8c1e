package io.millrace.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.http.Json;
import java.io.ByteArrayOutputStream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonAvroTest {
    private static final Schema ROW = new Schema.Parser()
            .parse(
                    """
                    {"type":"record","name":"row","fields":[
                      {"name":"id","type":"long"},
                      {"name":"small","type":"int","default":3},
                      {"name":"price","type":{"type":"bytes","logicalType":"decimal","precision":30,"scale":2}},
                      {"name":"maybe","type":["null","string"],"default":null},
                      {"name":"kind","type":{"type":"enum","name":"kind","symbols":["A","B"]}},
                      {"name":"flags","type":{"type":"array","items":"boolean"}},
                      {"name":"by_name","type":{"type":"map","values":["double","string"]}},
                      {"name":"raw","type":"bytes"},
                      {"name":"two","type":{"type":"fixed","name":"two","size":2}},
                      {"name":"half","type":"float"}]}
                    """);

    private static final String WHOLE =
            """
            {"id":9007199254740993,"small":1,"price":"-1234567890123456789012345678.90","maybe":"x","kind":"B",
             "flags":[true,false],"by_name":{"a":1.5,"b":"NaN"},"raw":"AQ==","two":"AQI=","half":0.5}
            """;

    @Test
    void readsWhatAvroJsonWrote() throws Exception {
        JsonNode value = Json.mapper().readTree(WHOLE);

        assertThat(written(value)).hasToString(value.toString());
    }

    @Test
    void fillsDefaultsIn() throws Exception {
        JsonNode value =
                Json.mapper().readTree(WHOLE.replace("\"small\":1,", "").replace("\"maybe\":\"x\",", ""));

        JsonNode written = written(value);

        assertThat(written.get("small").intValue()).isEqualTo(3);
        assertThat(written.get("maybe").isNull()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
            "id":9007199254740993    | "id":1.5                  | 'id' has to be a whole number of 64 bits
            "id":9007199254740993,   | ``                        | 'id' is missing and has no default
            "small":1                | "small":3000000000        | 'small' has to be a whole number of 32 bits
            -1234567890123456789012345678.90 | 1.005             | 'price' has more than 2 digits behind the point
            -1234567890123456789012345678.90 | 1e999999999       | 'price' has more than 20000 digits
            -1234567890123456789012345678.90 | much              | 'price' has to be a decimal number
            "maybe":"x"              | "maybe":1                 | 'maybe' fits none of its types: 'maybe' has to be null; 'maybe' has to be a text
            "kind":"B"               | "kind":"C"                | 'kind' has to be one of [A, B]
            [true,false]             | [true,0]                  | 'flags.1' has to be true or false
            "AQI="                   | "AQ=="                    | 'two' has to be 2 bytes
            "half":0.5               | "half":0.5,"more":1       | 'more' is not in the schema
            """)
    void saysWhereAValueDoesNotFit(String part, String wrong, String problem) throws Exception {
        JsonNode value = Json.mapper().readTree(WHOLE.replace(part, wrong));

        assertThatThrownBy(() -> JsonAvro.of(value, ROW))
                .isInstanceOf(JsonAvro.MismatchException.class)
                .hasMessage(problem);
    }

    private static JsonNode written(JsonNode value) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
        new GenericDatumWriter<>(ROW).write(JsonAvro.of(value, ROW), encoder);
        encoder.flush();
        return AvroJson.of(
                new GenericDatumReader<>(ROW).read(null, DecoderFactory.get().binaryDecoder(bytes.toByteArray(), null)),
                ROW);
    }
}
