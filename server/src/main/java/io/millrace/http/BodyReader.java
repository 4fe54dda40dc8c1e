package io.millrace.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.millrace.http.shape.JsonText;
import io.millrace.http.shape.ShapeError;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads a body, at most 1 MiB of it, into a tree. */
final class BodyReader {
    static final int MOST_BYTES = 1024 * 1024;

    private BodyReader() {}

    /** Returns the tree, a missing node when there is no body, or nothing after it noted an error. */
    static Optional<JsonNode> read(ContainerRequestContext request, List<ShapeError> errors) {
        String text = text(request);
        if (text.isEmpty()) {
            return Optional.of(MissingNode.getInstance());
        }
        if (!RequestContext.contentType(request).map(BodyReader::isJson).orElse(true)) {
            return Optional.of(TextNode.valueOf(text));
        }
        Optional<JsonNode> tree = JsonText.parse(text, errors);
        if (tree.isPresent() && !PlainText.is(tree.get())) {
            throw new ApiProblem.BadRequest("The body holds what is no text: U+0000 or half of a surrogate pair");
        }
        return tree;
    }

    private static String text(ContainerRequestContext request) {
        try {
            byte[] bytes = request.getEntityStream().readNBytes(MOST_BYTES + 1);
            if (bytes.length > MOST_BYTES) {
                throw new ApiProblem.TooLarge("The body is larger than 1 MiB (" + MOST_BYTES + " bytes)");
            }
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new ApiProblem.BadRequest("There was an error parsing the body");
        } catch (IOException e) {
            throw new ApiProblem.BadRequest("The body ended before it was complete");
        }
    }

    private static boolean isJson(String contentType) {
        String type = contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        return type.equals("application/json") || (type.startsWith("application/") && type.endsWith("+json"));
    }
}
