package io.millrace.http.shape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What Pydantic 2 accepts and says, for single members of each type. */
class RequestShapeTest {
    enum Colour {
        RED,
        GREEN,
        BLUE
    }

    record Inner(String name) {}

    record Many(
            Optional<String> text,
            Optional<@Size(min = 2, max = 3) String> sized,
            Optional<@Matches("^[a-z]+$") String> pattern,
            Optional<@Min(1) @Max(10) Integer> small,
            Optional<Long> large,
            Optional<Double> ratio,
            Optional<Boolean> flag,
            Optional<Colour> colour,
            Optional<Instant> at,
            Optional<@Size(max = 2) List<Integer>> list,
            Optional<Map<String, Integer>> map,
            Optional<Inner> inner,
            Optional<CsvOrList> words,
            Optional<ObjectNode> free) {}

    record Defaulted(@Default("7") int number, @Default("a,b") List<String> list, @Member("other.name") String named) {}

    record Unreadable(Thread thread) {}

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "text|1|string_type|Input should be a valid string",
                "sized|\"a\"|string_too_short|String should have at least 2 characters",
                "sized|\"abcd\"|string_too_long|String should have at most 3 characters",
                "pattern|\"A\"|string_pattern_mismatch|String should match pattern '^[a-z]+$'",
                "small|0|greater_than_equal|Input should be greater than or equal to 1",
                "small|11|less_than_equal|Input should be less than or equal to 10",
                "small|1.5|int_from_float|Input should be a valid integer, got a number with a fractional part",
                "small|\"x\"|int_parsing|Input should be a valid integer, unable to parse string as an integer",
                "small|[]|int_type|Input should be a valid integer",
                "small|1e999999999|finite_number|Input should be a finite number",
                "large|9223372036854775808|less_than_equal|Input should be less than or equal to 9223372036854775807",
                "ratio|\"x\"|float_parsing|Input should be a valid number, unable to parse string as a number",
                "ratio|{}|float_type|Input should be a valid number",
                "flag|2|bool_parsing|Input should be a valid boolean, unable to interpret input",
                "flag|\"maybe\"|bool_parsing|Input should be a valid boolean, unable to interpret input",
                "flag|[]|bool_type|Input should be a valid boolean",
                "colour|\"RED\"|enum|Input should be 'red', 'green' or 'blue'",
                "at|\"soon\"|datetime_from_date_parsing|Input should be a valid datetime or date, input is too short",
                "at|\"2026-13-01\"|datetime_from_date_parsing|Input should be a valid datetime or date,"
                        + " month value is outside expected range of 1-12",
                "at|[]|datetime_type|Input should be a valid datetime",
                "list|{}|list_type|Input should be a valid list",
                "list|[1,2,3]|too_long|List should have at most 2 items after validation, not 3",
                "map|[]|dict_type|Input should be a valid dictionary",
                "inner|1|model_attributes_type|Input should be a valid dictionary or object to extract fields from",
                "free|[]|dict_type|Input should be a valid dictionary"
            })
    void refusesWithTheWordsOfPydantic(String member, String value, String type, String msg) {
        ShapeError error = errors(member, value).get(0);

        assertThat(error.type()).isEqualTo(type);
        assertThat(error.msg()).isEqualTo(msg);
        assertThat(error.loc()).containsExactly("body", member);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "small|\" 7 \"|7",
                "small|7.0|7",
                "small|\"7.0\"|7",
                "small|true|1",
                "large|1e3|1000",
                "large|\"1_000\"|1000",
                "ratio|\"1.5e1\"|15.0",
                "flag|\"On\"|true",
                "flag|0|false",
                "flag|\"n\"|false",
                "colour|\"green\"|GREEN",
                "at|\"2026-01-15T10:30:00Z\"|2026-01-15T10:30:00Z",
                "at|\"2026-01-15 10:30\"|2026-01-15T10:30:00Z",
                "at|\"2026-01-15T10:30:00.5+02:00\"|2026-01-15T08:30:00.500Z",
                "at|\"2026-01-15\"|2026-01-15T00:00:00Z",
                "at|1768473000|2026-01-15T10:30:00Z",
                "at|\"1768473000000\"|2026-01-15T10:30:00Z",
                "map|{\"a\": \"1\"}|{a=1}",
                "words|\"a, b,,c\"|CsvOrList[values=[a, b, c]]",
                "words|[\"a\", \"b,c\"]|CsvOrList[values=[a, b, c]]"
            })
    void acceptsWhatPydanticAccepts(String member, String value, String read) throws Exception {
        List<ShapeError> errors = new ArrayList<>();

        Optional<Many> many = RequestShape.of(Many.class).fromBody(body(member, value), errors);

        assertThat(errors).isEmpty();
        assertThat(Many.class.getDeclaredMethod(member).invoke(many.orElseThrow()))
                .hasToString("Optional[" + read + "]");
    }

    @Test
    void reportsBothReadingsOfAUnion() {
        assertThat(errors("words", "[1]"))
                .extracting(ShapeError::loc)
                .containsExactly(List.of("body", "words", "list[str]", 0), List.of("body", "words", "str"));
    }

    @Test
    void reportsEveryErrorInTheOrderOfTheMembers() {
        List<ShapeError> errors = new ArrayList<>();

        RequestShape.of(Many.class)
                .fromBody(parse("{\"inner\": {}, \"list\": [1, \"x\", null], \"text\": 1, \"unknown\": 1}"), errors);

        assertThat(errors)
                .extracting(ShapeError::loc)
                .containsExactly(
                        List.of("body", "text"),
                        List.of("body", "list", 1),
                        List.of("body", "list", 2),
                        List.of("body", "inner", "name"));
    }

    @Test
    void fillsInDefaultsOfAbsentMembersOnly() {
        List<ShapeError> errors = new ArrayList<>();
        RequestShape<Defaulted> shape = RequestShape.of(Defaulted.class);

        assertThat(shape.fromBody(parse("{\"other.name\": \"x\"}"), errors))
                .contains(new Defaulted(7, List.of("a", "b"), "x"));
        assertThat(shape.fromBody(parse("{\"other.name\": \"x\", \"number\": null}"), errors))
                .isEmpty();
        assertThat(errors).extracting(ShapeError::type).containsExactly("int_type");
    }

    @Test
    void takesTheLastOfARepeatedQueryParameterAndAllOfAList() {
        List<ShapeError> errors = new ArrayList<>();

        assertThat(RequestShape.of(Defaulted.class)
                        .fromText(
                                "query",
                                Map.of(
                                        "number",
                                        List.of("1", "2"),
                                        "list",
                                        List.of("x", "y"),
                                        "other.name",
                                        List.of("")),
                                errors))
                .contains(new Defaulted(2, List.of("x", "y"), ""));
    }

    @Test
    void saysAtOnceThatARecordCannotBeRead() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RequestShape.of(Unreadable.class))
                .withMessageContaining("java.lang.Thread");
    }

    private static List<ShapeError> errors(String member, String value) {
        List<ShapeError> errors = new ArrayList<>();
        assertThat(RequestShape.of(Many.class).fromBody(body(member, value), errors))
                .isEmpty();
        return errors;
    }

    private static JsonNode body(String member, String value) {
        return parse("{\"" + member + "\": " + value + "}");
    }

    private static JsonNode parse(String text) {
        return JsonText.parse(text, new ArrayList<>()).orElseThrow();
    }
}
