package io.millrace.http.shape;

import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The bounds written on a component or on a type argument; the first element that has one wins. */
final class Limits {
    private final List<AnnotatedElement> elements;

    Limits(AnnotatedElement... elements) {
        this.elements = Arrays.asList(elements);
    }

    Optional<Size> size() {
        return find(Size.class);
    }

    Optional<String> matches() {
        return find(Matches.class).map(Matches::value);
    }

    long min(long otherwise) {
        return find(Min.class).map(Min::value).orElse(otherwise);
    }

    long max(long otherwise) {
        return find(Max.class).map(Max::value).orElse(otherwise);
    }

    private <A extends Annotation> Optional<A> find(Class<A> type) {
        return elements.stream()
                .flatMap(element -> Optional.ofNullable(element.getAnnotation(type)).stream())
                .findFirst();
    }
}
